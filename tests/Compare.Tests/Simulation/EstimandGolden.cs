using System.Text.Json;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Simulation;

public sealed class EstimandGolden
{
    /// <summary>
    /// Against tests/reference/cases/marginal_logit_normal_grid.json: R's <c>integrate</c>, given to 15 digits; tolerance 1e-10.
    /// </summary>
    [Fact]
    public void Marginal_truths_agree_with_the_integrals_of_R()
    {
        var document = ReferenceFiles.Case("marginal_logit_normal_grid");
        var count = 0;
        foreach (var row in document.GetProperty("expected").EnumerateArray())
        {
            var (b0, b1, s) = (Number(row, "b0"), Number(row, "b1"), Number(row, "s"));
            var mechanism = Parallel(EffectLaw.Normal(s), b0, b1);
            Assert.Equal(Number(row, "lor"), StudyTarget.Marginal.Truth(mechanism), 1e-10);
            Assert.Equal(Number(row, "p1") - Number(row, "p0"), StudyTarget.RiskDifference.Truth(mechanism), 1e-10);
            Assert.Equal(b1, StudyTarget.Conditional.Truth(mechanism));
            count++;
        }

        Assert.True(count > 10);
    }

    [Fact]
    public void Under_bridge_effects_the_marginal_truth_is_the_attenuated_conditional_one()
    {
        // Wang and Louis (2003): φ = 1/2 at σ² = π².
        var mechanism = Parallel(EffectLaw.Bridge(Math.PI), -1, 2);
        Assert.Equal(1, StudyTarget.Marginal.Truth(mechanism), 1e-12);
    }

    [Fact]
    public void A_probit_effect_shrinks_by_its_closed_form()
    {
        var mechanism = Parallel(EffectLaw.Normal(1.5), -0.4, 0.9) with { Link = Link.Probit };
        Assert.Equal(0.9 / Math.Sqrt(1 + 2.25), StudyTarget.Marginal.Truth(mechanism), 1e-12);
    }

    [Fact]
    public void A_rate_ratio_collapses_and_means_shift_by_the_whole_effect()
    {
        var counts = Parallel(EffectLaw.Normal(0.8), 0.2, 0.5) with { Family = Family.Poisson, Link = Link.Log };
        Assert.Equal(0.5, StudyTarget.Marginal.Truth(counts), 1e-12);
        Assert.Equal(Math.Exp(0.2 + 0.32) * (Math.Exp(0.5) - 1), StudyTarget.RiskDifference.Truth(counts), 1e-12);
        var continuous = Parallel(EffectLaw.Gamma(2, 1), 3, 0.5) with { Family = Family.Gaussian, Link = Link.Identity };
        Assert.Equal(0.5, StudyTarget.Marginal.Truth(continuous), 1e-12);
    }

    [Fact]
    public void A_limit_of_GEE_that_cannot_be_found_is_no_number()
    {
        var mechanism = new Mechanism
        {
            Design = TrialDesign.Longitudinal,
            Clusters = 10,
            Size = SizeLaw.OfSize(4),
            RandomEffect = EffectLaw.Normal(1),
            Effects = new TrialEffects { Trend = 50, Effect = 300 },
        };
        Assert.Equal(double.NaN, StudyTarget.Marginal.Truth(mechanism));
        Assert.Equal(300, StudyTarget.Conditional.Truth(mechanism));
    }

    [Fact]
    public void Two_kinds_of_clusters_give_the_weighted_risks()
    {
        // A half of the clusters at logit −1 + 1, a half at −1 − 1; under treatment one more.
        var mechanism = Parallel(EffectLaw.TwoPoint(1, 0.5), -1, 1);
        var p0 = (Expit(0) + Expit(-2)) / 2;
        var p1 = (Expit(1) + Expit(-1)) / 2;
        Assert.Equal(Math.Log(p1 / (1 - p1) / (p0 / (1 - p0))), StudyTarget.Marginal.Truth(mechanism), 1e-14);
    }

    [Fact]
    public void Without_a_period_effect_the_crossover_has_the_truth_of_the_parallel_trial()
    {
        var parallel = Parallel(EffectLaw.Normal(2), -0.5, 0.8);
        var crossover = parallel with { Design = TrialDesign.Crossover, Size = SizeLaw.OfSize(2) };
        Assert.Equal(StudyTarget.Marginal.Truth(parallel), StudyTarget.Marginal.Truth(crossover), 1e-12);
        Assert.Equal("T3, working independence", StudyTarget.Marginal.TruthLabel(crossover));
    }

    [Fact]
    public void Without_spread_the_limit_of_every_design_is_the_conditional_coefficient()
    {
        foreach (var design in new[] { TrialDesign.Crossover, TrialDesign.Longitudinal })
        {
            var mechanism = Parallel(EffectLaw.Normal(0), -0.5, 0.8) with
            {
                Design = design,
                Size = SizeLaw.OfSize(4),
                Effects = new TrialEffects { Baseline = -0.5, Effect = 0.3, Trend = -0.2, Period = 0.4, ArmDifference = 0.1 },
            };
            Assert.Equal(0.3, StudyTarget.Marginal.Truth(mechanism), 1e-12);
        }
    }

    private static double Expit(double x) => 1 / (1 + Math.Exp(-x));

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static Mechanism Parallel(EffectLaw law, double baseline, double effect) => new()
    {
        Clusters = 10,
        Size = SizeLaw.OfSize(5),
        RandomEffect = law,
        Effects = new TrialEffects { Baseline = baseline, Effect = effect },
    };
}
