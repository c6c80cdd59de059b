using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Summaries;

/// <summary>Two arms compared by summaries of their clusters: each cluster is one observation. Immutable.</summary>
public sealed record ClusterSummary
{
    /// <summary>Whether the means are compared, or the clusters' own comparisons averaged.</summary>
    public required SummaryEstimand Estimand { get; init; }

    /// <summary>Whom it averages over.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>The measure, ratios as logarithms.</summary>
    public required EffectMeasure Measure { get; init; }

    /// <summary>What the estimate is: <c>risk difference</c>, <c>log odds ratio</c>, <c>difference</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>The arm that is compared.</summary>
    public required string Treated { get; init; }

    /// <summary>The reference.</summary>
    public required string Control { get; init; }

    /// <summary>Whether covariates were taken out in a first stage (Hayes and Moulton 2017).</summary>
    public required bool IsAdjusted { get; init; }

    /// <summary>
    /// Estimate, standard error, test and interval, by t with K − 2 degrees of freedom, K the clusters of the two arms, less one for each
    /// covariate of clusters. The standard error is pooled where clusters count alike, HC2 where they count by size, and by the delta
    /// method for marginal ratios. Where clusters count by size and are few (<see cref="SummaryTolerances.EnoughBySize"/>) the degrees of
    /// freedom are Satterthwaite's (Bell and McCaffrey 2002).
    /// </summary>
    public required Coefficient Inference { get; init; }

    /// <summary>Where the standard error comes from.</summary>
    public required string StandardErrorType { get; init; }

    /// <summary>By least squares, weighted as the clusters count: the t test's own; null for marginal ratios.</summary>
    public required double? PooledError { get; init; }

    /// <summary>HC2: Welch's where clusters count alike.</summary>
    public required double RobustError { get; init; }

    /// <summary>φ_c of the estimate, K×1: what differences to other estimates are tested by.</summary>
    /// <remarks>The first stage of an adjusted estimate is held fixed: under randomization it drops out at first order.</remarks>
    public required ClusterInfluence Influence { get; init; }

    /// <summary>
    /// (K − 1)/K times what leaving each cluster out does, K×1: with few clusters the better of the two; its covariance is the jackknife's.
    /// </summary>
    public required ClusterInfluence Deletions { get; init; }
}
