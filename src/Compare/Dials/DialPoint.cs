using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Dials;

/// <summary>One rung of the ladder with a dial at one place. Immutable.</summary>
public sealed record DialPoint
{
    /// <summary>The dial's number there; null where it has none.</summary>
    public double? Value { get; init; }

    /// <summary>The place in words, such as <c>Student's t, 5 df</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>The rung, 0 to 4.</summary>
    public required int Rung { get; init; }

    /// <summary>Whom it averages over.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>What the estimate is: <c>log odds ratio</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Which arms, where and for whom.</summary>
    public required LadderQuestion Question { get; init; }

    /// <summary>Estimate, standard error, test and interval.</summary>
    public required Coefficient Inference { get; init; }

    /// <summary>Whether the data refute the assumption, by <see cref="CompareTolerances.RefutedLaw"/>.</summary>
    public bool IsRefuted { get; init; }

    /// <summary>What turns just here, such as <c>interval</c>; null where nothing does.</summary>
    public string? Tips { get; init; }
}
