using MarginalConditional.Compare.Choices;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Choices;

/// <summary>Which estimators a planned trial's study sets beside each other, and what each is held to.</summary>
public sealed class CandidateMethodsTests
{
    private static readonly EstimandChoice Choice = new()
    {
        Treated = TreatedUnit.Clusters,
        Periods = 1,
        Outcome = TrialOutcome.Binary,
        Measure = EffectMeasure.OddsRatio,
        Whose = EffectPerspective.Participants,
        Events = EventStrategy.TreatmentPolicy,
        Missing = 0,
        Clusters = 18,
        Size = 24,
        Variation = 0,
        Control = 0.4,
        Effect = 1.3,
        Icc = 0.04,
        Deviation = 1,
    };

    private static readonly EstimandChoice OverTime = Choice with { Treated = TreatedUnit.OverTime, Periods = 2 };

    /// <summary>Coefficients are effects on the scale of the models, differences of means on that of differences.</summary>
    [Fact]
    public void Effects_on_the_scale_of_the_model_are_its_coefficients_and_others_are_standardized()
    {
        Assert.Equal(["marginal", "marginal"], Targets(Choice, "gee:"));
        Assert.Empty(Targets(Choice, "standardized-"));
        var difference = Choice with { Measure = EffectMeasure.Difference, Effect = 0.1 };
        Assert.Empty(Targets(difference, "gee:"));
        Assert.Equal(["risk-difference", "risk-difference"], Targets(difference, "standardized-"));
        Assert.Contains(CandidateMethods.For(difference), one => one.Text == "standardized-glmm");
    }

    /// <summary>Over time no method estimates ratios of risks: differences stand in. Elsewhere the comparison estimates them.</summary>
    [Fact]
    public void A_difference_stands_in_where_no_method_is_on_the_scale_of_the_effect()
    {
        var ratio = OverTime with { Measure = EffectMeasure.Ratio };
        Assert.True(CandidateMethods.IsStandIn(ratio));
        Assert.Equal(["risk-difference", "risk-difference"], Targets(ratio, "standardized-"));
        foreach (var other in new[]
        {
            Choice with { Measure = EffectMeasure.Ratio }, OverTime, OverTime with { Measure = EffectMeasure.Difference },
        })
        {
            Assert.False(CandidateMethods.IsStandIn(other));
        }

        Assert.Empty(Targets(Choice with { Measure = EffectMeasure.Ratio }, "standardized-"));
        Assert.Equal(["marginal"], Targets(OverTime, "marginalized-glmm"));
        Assert.Empty(Targets(Choice, "marginalized-glmm"));
    }

    [Fact]
    public void With_a_covariate_methods_adjust_for_it()
    {
        Assert.DoesNotContain(CandidateMethods.For(Choice), one => one.Text.Contains("adjust", StringComparison.Ordinal));
        Assert.Equal(["marginal-given-covariates"], Targets(Choice with { Covariate = 0.5 }, "gee: {name: gee-adjusted"));
        var difference = Choice with { Measure = EffectMeasure.Difference, Effect = 0.1, Covariate = 0.5 };
        Assert.All(
            CandidateMethods.For(difference).Where(one => one.Text.StartsWith("standardized-", StringComparison.Ordinal)),
            one => Assert.Contains("adjust: covariates", one.Text, StringComparison.Ordinal));
    }

    /// <summary>The study is read back from its text: method by method with the estimand that was meant.</summary>
    [Theory]
    [InlineData("clusters")]
    [InlineData("persons")]
    [InlineData("over-time")]
    [InlineData("individuals")]
    public void The_study_of_a_choice_holds_each_method_to_its_estimand(string treated)
    {
        var unit = TreatedUnit.All.Single(one => one.Name == treated);
        var choice = Choice with
        {
            Treated = unit,
            Periods = unit == TreatedUnit.OverTime ? 2 : 1,
            Icc = unit == TreatedUnit.Individuals ? 0 : 0.04,
        };
        foreach (var whose in new[] { EffectPerspective.Patient, EffectPerspective.Participants })
        {
            foreach (var covariate in new[] { 0, 0.5 })
            {
                var asked = choice with { Whose = whose, Covariate = covariate };
                var study = EstimandProposal.Of(asked).Study;
                Assert.Equal(
                    CandidateMethods.For(asked).Select(one => one.Target.Name),
                    study.Methods.Select(method => method.Target.Name));
                Assert.Equal(study.Methods.Count, study.Methods.Select(method => method.Name).Distinct().Count());
            }
        }
    }

    private static IEnumerable<string> Targets(EstimandChoice choice, string method) =>
        CandidateMethods.For(choice).Where(one => one.Text.StartsWith(method, StringComparison.Ordinal)).Select(one => one.Target.Name);
}
