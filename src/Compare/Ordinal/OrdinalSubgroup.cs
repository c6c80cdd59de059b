using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>
/// What a comparison of an ordered outcome says of one subgroup, by the same fits: only the population is another. Immutable.
/// </summary>
public sealed record OrdinalSubgroup
{
    /// <summary>The subgroup's value.</summary>
    public required string Value { get; init; }

    /// <summary>How many rows it has.</summary>
    public required int Rows { get; init; }

    /// <summary>How many clusters have such rows: tests have one degree of freedom less.</summary>
    public required int Clusters { get; init; }

    /// <summary>Its ladder.</summary>
    public required EstimandLadder Ladder { get; init; }

    /// <summary>Its standardized probabilities, scores and win probabilities.</summary>
    public required IReadOnlyList<OrdinalStandardized> Standardized { get; init; }
}
