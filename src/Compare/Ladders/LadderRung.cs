using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ladders;

/// <summary>One estimand of the ladder, from this patient in this cluster to every cluster alike, with its estimate.</summary>
public sealed record LadderRung
{
    /// <summary>
    /// 0 conditional on cluster and covariates, 1 averaged over clusters given the covariates, 2 unconditional by the model,
    /// 3 unconditional whatever the model, 4 the same for the other weighting.
    /// </summary>
    public required int Rung { get; init; }

    /// <summary>What is estimated, such as <c>conditional on cluster and covariates</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it averages over.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>What the estimate is: <c>log odds ratio</c>, <c>risk difference</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Which arms, where and for whom.</summary>
    public required LadderQuestion Question { get; init; }

    /// <summary>Estimate, standard error, test and interval.</summary>
    public required Coefficient Inference { get; init; }

    /// <summary>Where the standard error comes from.</summary>
    public required string StandardErrorType { get; init; }

    /// <summary>
    /// Whether the standard error is the model's own because crossed random effects reach across the clusters: nothing is compared with it
    /// cluster by cluster.
    /// </summary>
    internal bool HasNoClusters { get; init; }

    /// <summary>φ_c of the estimate, K×1: what differences to other estimates are tested by.</summary>
    public required ClusterInfluence Influence { get; init; }
}
