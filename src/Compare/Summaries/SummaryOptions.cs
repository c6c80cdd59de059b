using MarginalConditional.Gee;

namespace MarginalConditional.Compare.Summaries;

/// <summary>What the cluster-level analysis of a trial is about. Immutable.</summary>
public sealed record SummaryOptions
{
    /// <summary>The column whose levels are the arms.</summary>
    public required string Treatment { get; init; }

    /// <summary>Family, link, tolerances and threads of the fits without clusters that adjustment and tests of size need.</summary>
    public required GeeOptions Gee { get; init; }

    /// <summary>The columns of the design that belong to the treatment; all others are covariates. Default none.</summary>
    public IReadOnlyList<int> TreatmentColumns { get; init; } = [];

    /// <summary>
    /// Groupings within which clusters were randomized, matched pairs among them: further groupings of the frame. Default none.
    /// </summary>
    public IReadOnlyList<string> Strata { get; init; } = [];

    /// <summary>
    /// How many assignments a permutation test draws where there are too many to try all; null (the default) draws
    /// <see cref="SummaryTolerances.Draws"/> of them where clusters are not so many that the t test needs no help.
    /// </summary>
    public int? Permutations { get; init; }

    /// <summary>Names the stream of the drawn assignments. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The level of all intervals, in (0, 1). Default 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>Whether tests and intervals refer to the normal distribution rather than t. Default false.</summary>
    public bool NormalReference { get; init; }

    /// <summary>Whether to test if the size of clusters is informative. Default true.</summary>
    public bool TestSize { get; init; } = true;

    /// <summary>From where a number is worth a sentence, and how many assignments are tried.</summary>
    public SummaryTolerances Tolerances { get; init; } = SummaryTolerances.Usual;
}
