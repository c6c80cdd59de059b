namespace MarginalConditional.Properties.Generators;

/// <summary>What trials a generator draws. Immutable.</summary>
public sealed record TrialShape
{
    /// <summary>The fewest clusters, 4 or more, half of them treated. Default 4.</summary>
    public int FewestClusters { get; init; } = 4;

    /// <summary>The most clusters. Default 16.</summary>
    public int MostClusters { get; init; } = 16;

    /// <summary>The most rows a cluster. Default 6.</summary>
    public int LargestCluster { get; init; } = 6;

    /// <summary>Whether all clusters have one size, and no wave is missing. Default: no.</summary>
    public bool HasEqualSizes { get; init; }

    /// <summary>Whether all rows of a cluster have one treatment; null (the default) draws both kinds.</summary>
    public bool? TreatsWholeClusters { get; init; }

    /// <summary>Whether a row may stand for several like it. Default: no.</summary>
    public bool HasCounts { get; init; }

    /// <summary>
    /// Whether some trials are hard: rare outcomes, an arm with a single event, columns of extreme scale, clusters whose size goes with
    /// their outcomes. Default: yes.
    /// </summary>
    public bool HasHardCases { get; init; } = true;
}
