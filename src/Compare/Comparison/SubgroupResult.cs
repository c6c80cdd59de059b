using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Compare.Comparison;

/// <summary>What a comparison says of one subgroup, by the same fits: only the population is another. Immutable.</summary>
public sealed record SubgroupResult
{
    /// <summary>The subgroup's value.</summary>
    public required string Value { get; init; }

    /// <summary>How many rows it has.</summary>
    public required int Rows { get; init; }

    /// <summary>How many clusters have such rows: tests have one degree of freedom less.</summary>
    public required int Clusters { get; init; }

    /// <summary>Standardized means and contrasts, by fit and weighting.</summary>
    public required IReadOnlyList<StandardizedResult> Standardized { get; init; }

    /// <summary>Its ladder.</summary>
    public required EstimandLadder Ladder { get; init; }
}
