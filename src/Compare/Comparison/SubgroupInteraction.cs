using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Whether a rung of the ladder is one number for all subgroups. Immutable.</summary>
/// <remarks>
/// Differences of subgroups that share clusters and fit, by their joint influences; leave-one-out differences are linear in what is
/// estimated, so that those of a difference are the differences of those.
/// </remarks>
public sealed record SubgroupInteraction
{
    /// <summary>The rung.</summary>
    public required int Rung { get; init; }

    /// <summary>Whom it averages over.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>Of the rung.</summary>
    public required string Scale { get; init; }

    /// <summary>The treatment's level that is compared.</summary>
    public required string Treated { get; init; }

    /// <summary>The level it is compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Each further subgroup's effect less the first one's, in the subgroups' order.</summary>
    public required IReadOnlyList<Coefficient> Differences { get; init; }

    /// <summary>
    /// Whether all are 0: F with the smallest number of clusters that a subgroup has, less 1; not a number where no difference can be.
    /// </summary>
    public required WaldTest Test { get; init; }

    /// <summary>Whether the model holds the effect to be one, so that there is nothing to test: no difference has size or error.</summary>
    public bool IsOneByModel => Differences.All(row => row is { Estimate: 0, StandardError: 0 });
}
