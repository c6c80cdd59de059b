using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare;

/// <summary>The thresholds of the cluster-level analysis of a trial. Immutable.</summary>
public sealed record SummaryTolerances
{
    /// <summary>The defaults, which options have unless they are given others.</summary>
    internal static SummaryTolerances Usual { get; } = new();

    /// <summary>
    /// The rows of a cluster below which the ½ in its log odds moves it noticeably towards 0, so that a warning is due. Default 10.
    /// </summary>
    public double FewestRows { get; init; } = 10;

    /// <summary>The relative difference of the pooled and the HC2 standard error from which a note says so. Default 0.1.</summary>
    public double Apart { get; init; } = 0.1;

    /// <summary>
    /// The number of clusters, counted by their sizes, (Σn)²/Σn², from which a t test weighted by size keeps its level with K − 2 degrees
    /// of freedom; with fewer they are Satterthwaite's. Default 40.
    /// </summary>
    public double EnoughBySize { get; init; } = 40;

    /// <summary>The most assignments that a permutation test tries one by one. Default 20,000.</summary>
    public int Enumerated { get; init; } = 20_000;

    /// <summary>How many it draws where there are more. Default 10,000.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>The clusters up to which it is made without being asked for. Default 1,000.</summary>
    public int MostClusters { get; init; } = 1_000;

    /// <summary>The relative difference of two statistics that are the same but for rounding. Default 1e-9.</summary>
    public double Tie { get; init; } = 1e-9;

    /// <summary>
    /// The share of the length of the clusters' size outside the span of the covariates, below which they tell it. Default 1e-7.
    /// </summary>
    public double Confounded { get; init; } = 1e-7;

    /// <summary>All of them, in the order they are shown.</summary>
    public IReadOnlyList<Tolerance> All =>
    [
        new(nameof(FewestRows), FewestRows, "rows of a cluster whose log odds needs no warning"),
        new(nameof(Apart), Apart, "relative difference of standard errors worth a note"),
        new(nameof(EnoughBySize), EnoughBySize, "clusters by size with which K - 2 suits a weighted t"),
        new(nameof(Enumerated), Enumerated, "most assignments that are tried one by one"),
        new(nameof(Draws), Draws, "assignments drawn where there are more"),
        new(nameof(MostClusters), MostClusters, "clusters that are permuted without being asked"),
        new(nameof(Tie), Tie, "relative difference of statistics that is none"),
        new(nameof(Confounded), Confounded, "share of size outside the covariates that is none"),
    ];
}
