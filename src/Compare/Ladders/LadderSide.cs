using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ladders;

/// <summary>What another estimator says of a rung's estimand, and whether it agrees.</summary>
public sealed record LadderSide
{
    /// <summary>The estimator, such as <c>GEE, exchangeable</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The rung whose estimand it aims at.</summary>
    public required int Rung { get; init; }

    /// <summary>Whom it averages over; null where the working correlation decides.</summary>
    public required ClusterWeighting? Weighting { get; init; }

    /// <summary>The scale of the rung.</summary>
    public required string Scale { get; init; }

    /// <summary>Which arms, where and for whom.</summary>
    public required LadderQuestion Question { get; init; }

    /// <summary>Estimate, standard error, test and interval.</summary>
    public required Coefficient Inference { get; init; }

    /// <summary>
    /// This estimate less the rung's, tested by the joint influences; null where the two share no clusters that carry independent errors.
    /// </summary>
    public required Coefficient? Difference { get; init; }
}
