using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>A comparison is a value, and so are the fits it reads.</summary>
public sealed class ModelComparisonTests
{
    private static readonly ModelFrame Frame = SmallTrial.Frame(50, seed: 8);

    private static readonly ComparisonOptions Options = new()
    {
        Treatment = "arm",
        Gee = new GeeOptions { Family = Family.Binomial, Threads = 1 },
        Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 11, Threads = 1, CheckNodes = false },
    };

    private static ComparisonOptions Plain =>
        Options with { Variance = GeeVariance.Robust, DegreesOfFreedom = GeeDegreesOfFreedom.Normal };

    [Fact]
    public void A_fit_answers_many_threads_with_the_bits_of_one() => Questions.AskAtOnce(OfOneComparison());

    [Fact]
    public void The_order_of_questions_changes_no_bit() => Questions.AskInEitherOrder(OfOneComparison());

    [Fact]
    public void Rows_are_found_by_their_estimand()
    {
        var effect = ModelComparer.Compare(Frame, Options with { CheckReasons = false }).Effects[0];

        Assert.Same(effect.Conditional, effect.Row(Estimand.Conditional));
        Assert.Same(effect.Marginalized, effect.Row(Estimand.Marginalized));
        Assert.Same(effect.Marginal, effect.Row(Estimand.Marginal));
        Assert.Same(effect.MarginalLikelihood, effect.Row(Estimand.MarginalLikelihood));
        Assert.Null(effect.Row(Estimand.Standardized));
        Assert.Equal(
            [Estimand.Conditional, Estimand.Marginalized, Estimand.Marginal, Estimand.MarginalLikelihood],
            effect.Rows.Select(row => row.Estimand));
        var without = ModelComparer.Compare(Frame, Options with { CheckReasons = false, MarginalLikelihood = false }).Effects[0];
        Assert.Null(without.MarginalLikelihood);
        Assert.Equal(
            [Estimand.Conditional, Estimand.Marginalized, Estimand.Marginal],
            without.Rows.Select(row => row.Estimand));
    }

    [Fact]
    public void Tolerances_handed_in_decide()
    {
        var strict = ModelComparer.Compare(
            Frame,
            Plain with { Tolerances = new CompareTolerances { EnoughClusters = 51, Straight = 1 } });

        Assert.Contains(strict.Checks, check => check.Key == "few-clusters");
        Assert.DoesNotContain(ModelComparer.Compare(Frame, Plain).Checks, check => check.Key == "few-clusters");
        Assert.Contains("straight line", strict.Checks.Single(check => check.Key == "curvature").Finding, StringComparison.Ordinal);
        TolerancePage.AssertComplete(strict.Options.Tolerances, strict.Options.Tolerances.All);
        TolerancePage.AssertComplete(new PersonTolerances(), new PersonTolerances().All);
    }

    private static Func<double[]>[] OfOneComparison()
    {
        var comparison = ModelComparer.Compare(Frame, Options);
        return
        [
            () => Numbers(comparison),
            () => Numbers(ModelComparer.Compare(comparison.Gee, comparison.Glmm, Options)),
            () => Numbers(ModelComparer.Compare(comparison.Gee, comparison.Glmm, Options with { RandomCovariates = true })),
            () => comparison.Marginalized.Covariance(comparison.Glmm.JointCovariance),
            () => comparison.MarginalLikelihood!.Influence().Covariance(),
        ];
    }

    private static double[] Numbers(ModelComparison comparison) =>
    [
        comparison.Spread,
        .. comparison.Effects.SelectMany(effect => effect.Rows.SelectMany(row => new[]
        {
            row.Inference.Estimate,
            row.Inference.StandardError,
            row.Inference.Upper,
        })),
        .. comparison.Effects.SelectMany(effect => new[] { effect.Gap.Total, effect.Gap.NonCollapsibility, effect.Gap.Rest })
            .SelectMany(part => new[] { part.Estimate, part.StandardError, part.PValue }),
        .. comparison.Checks.Select(check => check.Test?.Statistic ?? 0),
    ];
}
