using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Tests.Ordinal;

/// <summary>
/// wine, rating ~ temp + contact + (1 | judge): trapezoid integrals of 241 points in R 4.2.2 at the maximum of ordinal 2022.11-16
/// (wine_standardized.json).
/// </summary>
public sealed class OrdinalComparisonGolden
{
    private static readonly Lazy<OrdinalComparison> Wine = new(() => Compare("rating ~ temp + contact + (1 | judge)"));

    [Fact]
    public void Marginalized_coefficients_agree_with_the_projection()
    {
        var marginalized = Wine.Value.Marginalized!;
        Assert.Equal(2.7051, marginalized.Estimates[4], 1e-4);
        Assert.Equal(1.6227, marginalized.Estimates[5], 1e-4);
        double[] contact = [1.705, 1.537, 1.570, 1.679];
        for (var k = 0; k < contact.Length; k++)
        {
            Assert.Equal(contact[k], marginalized.ByThreshold[(k * 2) + 1], 1e-3);
        }
    }

    [Fact]
    public void Standardized_categories_agree_with_integrals_and_the_delta_method()
    {
        var standardized = Wine.Value.Standardized.First(one => one.Weighting == ClusterWeighting.Participant && !one.IsRobust);
        var expected = ReferenceFiles.Json(ReferenceFiles.Beside("Compare.Tests", "Ordinal", "wine_standardized.json"));
        var (contrast, no, yes) = (standardized.Contrasts[0], standardized.Arms[0], standardized.Arms[1]);
        for (var k = 0; k < 5; k++)
        {
            Check($"no{k + 1}", no.Probabilities[k]);
            Check($"yes{k + 1}", yes.Probabilities[k]);
        }

        Check("mean_no", no.Score);
        Check("mean_yes", yes.Score);
        Check("mean_difference", contrast.Score);
        Check("P_le_2_difference", contrast.Cumulative[1]);
        Check("win_probability", contrast.Win);
        Check("log_win_odds", contrast.LogWinOdds);

        void Check(string name, OrdinalQuantity quantity)
        {
            var peer = expected.GetProperty("expected");
            Assert.Equal(peer.GetProperty("estimate").GetProperty(name).GetDouble(), quantity.Inference.Estimate, 1e-5);
            Assert.Equal(peer.GetProperty("se").GetProperty(name).GetDouble(), quantity.ModelError, 1e-4);
        }
    }

    [Fact]
    public void Rung_0_is_the_coefficient_and_the_steps_add_up()
    {
        var comparison = Wine.Value;
        var participants = comparison.Ladder.Rungs.Where(rung => rung.Weighting == ClusterWeighting.Participant).ToList();
        Assert.Equal([0, 1, 2, 3, 4], participants.Select(rung => rung.Rung));
        Assert.Equal(comparison.Glmm.FixedParameters[5], participants[0].Inference.Estimate, 1e-10);
        var steps = comparison.Ladder.Steps.Where(step => step.Weighting == ClusterWeighting.Participant).ToList();
        Assert.Equal(
            participants[^1].Inference.Estimate - participants[0].Inference.Estimate,
            steps.Sum(step => step.Inference.Estimate),
            1e-12);
        Assert.All(steps.Take(3), step => Assert.True(step.Inference.StandardError > 0, step.Cause));

        // Judges all tasted eight wines: the weightings agree.
        Assert.Equal(0, steps[3].Inference.Estimate, 1e-12);
        foreach (var rung in participants.Where(rung => rung.Rung < 4))
        {
            var own = comparison.ByThreshold.Where(one => one.Rung == rung.Rung && one.Weighting == ClusterWeighting.Participant).ToList();
            Assert.Equal(4, own.Count);
            Assert.Equal(rung.Inference.Estimate, own.Average(one => one.Inference.Estimate), 1e-12);
        }
    }

    [Fact]
    public void The_probit_link_divides_thresholds_and_coefficients_by_one_number()
    {
        var comparison = Compare("rating ~ temp + contact + (1 | judge)", CumulativeLink.Probit);
        var marginalized = comparison.Marginalized!;
        var divisor = Math.Sqrt(1 + comparison.Glmm.RandomEffects[0].Covariance[0]);
        var closed = marginalized.ClosedForm();
        for (var j = 0; j < marginalized.Estimates.Length; j++)
        {
            Assert.Equal(comparison.Glmm.FixedParameters[j] / divisor, marginalized.Estimates[j], 1e-9);
            Assert.Equal(closed[j], marginalized.Estimates[j], 1e-9);
        }

        Assert.Equal(0, marginalized.LargestResidual, 1e-8);
        var rung = comparison.Ladder.Rungs.First(rung => rung.Rung == 1);
        Assert.Equal(marginalized.Estimates[5], rung.Inference.Estimate, 1e-8);
    }

    [Fact]
    public void Without_covariates_the_step_over_them_is_zero_by_identity()
    {
        var comparison = Compare("rating ~ contact + (1 | judge)");
        var step = comparison.Ladder.Steps.First(step => step.From == 1);
        Assert.True(step.IsZeroByIdentity);
        Assert.Equal(0, step.Inference.Estimate);
        Assert.Contains(comparison.Verdict, sentence => sentence.Contains("probability", StringComparison.Ordinal));
    }

    internal static OrdinalComparison Compare(
        string formula, CumulativeLink? link = null, StandardizedErrors? errors = null, string treatment = "contact")
    {
        var frame = Frame(formula);
        var cumulative = link ?? CumulativeLink.Logit;
        return OrdinalModelComparer.Compare(frame, new OrdinalComparisonOptions
        {
            Treatment = treatment,
            Gee = new Gee.Ordinal.OrdinalGeeOptions { Link = cumulative },
            Glmm = new OrdinalGlmmOptions { Link = cumulative, Nodes = 25 },
            StandardizedErrors = errors,
        });
    }

    internal static ModelFrame Frame(string formula) => ModelFrameBuilder.Build(
        DatasetReader.Read(Path.Combine(ReferenceFiles.RepositoryRoot, "tests", "reference", "data", "wine.csv")),
        new FrameRequest { Formula = FormulaParser.Parse(formula), HasOrderedOutcome = true, RequireClusters = true });
}
