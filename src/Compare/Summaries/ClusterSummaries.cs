namespace MarginalConditional.Compare.Summaries;

/// <summary>The cluster-level analysis of a trial randomized by cluster. Immutable.</summary>
/// <param name="Estimates">By pair of arms, estimand, weighting and measure; adjusted ones last.</param>
/// <param name="Arms">Each arm's mean, by weighting.</param>
/// <param name="Permutations">Permutation tests of the differences.</param>
/// <param name="SizeTests">Whether the size of clusters goes with outcome or effect.</param>
/// <param name="Notes">What the reader should know, one sentence each.</param>
public sealed record ClusterSummaries(
    IReadOnlyList<ClusterSummary> Estimates,
    IReadOnlyList<ArmSummary> Arms,
    IReadOnlyList<PermutationTest> Permutations,
    IReadOnlyList<SizeTest> SizeTests,
    IReadOnlyList<string> Notes)
{
    /// <summary>The rows (trials, weights, exposure) of the smallest cluster.</summary>
    public double SmallestSize { get; init; }

    /// <summary>The rows of the largest cluster.</summary>
    public double LargestSize { get; init; }

    /// <summary>Of a trial whose clusters were not randomized, or that has none.</summary>
    public static ClusterSummaries Empty { get; } = new([], [], [], [], []);
}
