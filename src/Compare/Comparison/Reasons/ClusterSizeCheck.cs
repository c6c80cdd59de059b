using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// Informative cluster size: independence weighs rows alike and exchangeable weighs
/// clusters more alike, so their effects differ if size and effect go together.
/// </summary>
/// <remarks>
/// A Hausman-type test of two estimators on the same clusters, by their joint influence (Kahan, Li, Copas and Harhay 2023).
/// </remarks>
internal static class ClusterSizeCheck
{
    private const string Key = "informative-cluster-size";

    public static ReasonCheck Run(ComparedModels comparison)
    {
        var clusters = comparison.Frame.Clusters;
        if (clusters.MinimumSize == clusters.MaximumSize)
        {
            return new ReasonCheck(Key, ReasonOutcome.NotApplicable, $"All clusters have {Wording.Count(clusters.MaximumSize)} "
                + $"{(clusters.MaximumSize == 1 ? "row" : "rows")}, so their size cannot be informative.");
        }

        var other = comparison.Gee.Correlation.Structure == WorkingCorrelation.Independence
            ? WorkingCorrelation.Exchangeable
            : WorkingCorrelation.Independence;
        var second = GeeFitter.Fit(comparison.Frame, comparison.Options.Gee with { Correlation = other });
        if (!second.Convergence.Converged)
        {
            return new ReasonCheck(
                Key,
                ReasonOutcome.NotApplicable,
                $"GEE with {other.Name} correlation did not converge, so informative cluster size was not tested.");
        }

        var inference = GeeInference.Of(second, comparison.Options.Variance, comparison.Options.DegreesOfFreedom);
        var test = EstimateDifference.Test(comparison.Marginal, inference, [.. comparison.Effects.Select(effect => effect.Effect.Column)]);
        var pair = $"GEE with {comparison.Gee.Correlation.Name} and with {other.Name} correlation";
        return ReasonCheck.ByTest(
            Key,
            test,
            comparison.Options.Tolerances.Alpha,
            $"{pair} give different effects ({Wording.P(test.PValue)}): cluster size, or a covariate's other values, may carry "
                + $"information.",
            $"{pair} agree ({Wording.P(test.PValue)}): no sign of informative cluster size.") with
        {
            Threatens = [0, 1, 2],
            Consequence = "the coefficients of both fits then answer neither for participants nor for clusters: read rungs 3 and 4",
        };
    }
}
