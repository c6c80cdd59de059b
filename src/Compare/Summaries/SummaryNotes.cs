using System.Globalization;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Summaries;

/// <summary>What the reader of cluster-level estimates should know, one sentence each, or null.</summary>
internal static class SummaryNotes
{
    /// <summary>The largest size of a cluster, and the inverse of the smallest, whose squares and products are numbers.</summary>
    private const double LargestSize = 1e60;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Sizes that cannot be computed with, as exposures may be; nothing else can then be said.</summary>
    public static string? OfSizes(ClusterOutcomes outcomes)
    {
        var (smallest, largest) = (SpanMath.Min(outcomes.Sizes), SpanMath.Max(outcomes.Sizes));
        return smallest >= 1 / LargestSize && largest <= LargestSize ? null : string.Create(
            Culture,
            $"The clusters' sizes, sums of weights and of exp(offset), go from {smallest:G3} to {largest:G3}, which cannot be computed ")
                + "with: their own means are not compared.";
    }

    /// <summary>An offset that a mean of outcomes cannot take into account.</summary>
    public static string? OfOffset(ClusterOutcomes outcomes, ModelFrame frame) => outcomes.LeavesOffsetOut
        ? $"The offset has no meaning for the mean of {frame.ResponseName} in a cluster and is left out of the clusters' means."
        : null;

    /// <summary>Clusters so small that the ½ in their log odds moves them towards 0, where others are not.</summary>
    public static string? OfSmallClusters(ClusterOutcomes outcomes, ModelFrame frame, SummaryOptions options)
    {
        if (options.Gee.Family != Family.Binomial)
        {
            return null;
        }

        var small = 0;
        foreach (var size in outcomes.Sizes)
        {
            small += size < options.Tolerances.FewestRows ? 1 : 0;
        }

        return small is 0 || small == outcomes.Sizes.Length ? null : string.Create(
            Culture,
            $"{small} of {frame.Clusters.Count} clusters {(small == 1 ? "has" : "have")} fewer than {options.Tolerances.FewestRows} rows: "
                + $"the average of the clusters' own log odds ratios is pulled towards 0 by the \u00BD that is added to their counts.");
    }

    /// <summary>So few clusters, of such sizes, that a t test weighted by size has fewer degrees of freedom than K − 2.</summary>
    /// <remarks>
    /// SummaryLevelProperties: with K − 2 it rejects 8 % at 8 clusters of 10 or 40 rows where 5 % are asked, 7 % at 12, 6 % at 20.
    /// </remarks>
    public static string? OfFewClusters(IReadOnlyList<ClusterSummary> estimates, ClusterOutcomes outcomes)
    {
        var (sum, squares) = (0.0, 0.0);
        foreach (var size in outcomes.Sizes)
        {
            sum += size;
            squares += size * size;
        }

        return estimates.All(row => row.Inference.DegreesOfFreedom is not { } own || own % 1 == 0) ? null : string.Create(
            Culture,
            $"By their sizes the {outcomes.Sizes.Length} clusters count as {sum * sum / squares:F1}: with so few a t test weighted by size "
                + $"keeps its level with Satterthwaite's degrees of freedom, not with K\u22122.");
    }

    /// <summary>Pooled and HC2 standard errors that are far apart: the arms' clusters, or large and small ones, vary differently.</summary>
    public static string? OfVariances(IReadOnlyList<ClusterSummary> estimates, SummaryTolerances tolerances)
    {
        string[] apart =
        [
            .. estimates.Where(row => row.PooledError is { } pooled && row.Estimand == SummaryEstimand.Marginal
                    && Math.Abs(row.RobustError - pooled) > tolerances.Apart * Math.Min(row.RobustError, pooled))
                .Select(row => string.Create(
                    Culture,
                    $"{row.PooledError:G3} and {row.RobustError:G3} ({Words(row, estimates)})")),
        ];
        return apart.Length == 0 ? null : $"Pooled and HC2 standard errors of the {estimates[0].Scale} differ by more than a tenth, "
            + $"{string.Join(", ", apart)}: clusters do not vary as pooling takes for granted, and HC2 is the one to read.";
    }

    private static string Words(ClusterSummary row, IReadOnlyList<ClusterSummary> estimates)
    {
        var arm = estimates.Any(other => other.Treated != row.Treated) ? row.Treated + ", " : string.Empty;
        return arm + (row.Weighting == ClusterWeighting.Cluster ? "clusters alike" : "by size");
    }
}
