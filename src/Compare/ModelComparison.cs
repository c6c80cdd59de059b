using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Dials;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare;

/// <summary>
/// One specification fitted both ways, with every estimand beside the others and the gap between them explained. Immutable.
/// </summary>
public sealed class ModelComparison
{
    internal ModelComparison(
        ComparedModels models, IReadOnlyList<ReasonCheck> checks, IReadOnlyList<string> verdict, IReadOnlyList<EstimandStatement> estimands)
    {
        Models = models;
        Checks = checks;
        Verdict = verdict;
        Estimands = estimands;
        ClosedForms = ClosedFormMarginals.Of(models.Marginalized);
        Warnings = [.. Marginal.Warnings.Select(warning => "GEE: " + warning), .. Glmm.Warnings.Select(warning => "GLMM: " + warning),
            .. Periods?.Warnings ?? [], .. Exposures?.Warnings ?? []];
    }

    /// <summary>The rows that both models were fitted to.</summary>
    public ModelFrame Frame => Models.Frame;

    /// <summary>What was asked for.</summary>
    public ComparisonOptions Options => Models.Options;

    /// <summary>The marginal model.</summary>
    public GeeFit Gee => Models.Gee;

    /// <summary>The marginal model's standard errors, tests and intervals.</summary>
    public GeeInference Marginal => Models.Marginal;

    /// <summary>The conditional model.</summary>
    public GlmmFit Glmm => Models.Glmm;

    /// <summary>The marginal coefficients that the conditional model implies.</summary>
    public MarginalizedCoefficients Marginalized => Models.Marginalized;

    /// <summary>Closed-form approximations to them; null when the link has none.</summary>
    public ClosedFormMarginals? ClosedForms { get; }

    /// <summary>
    /// The marginalized multilevel model; null when it was not asked for, or does not apply (more than a random intercept, no variance).
    /// </summary>
    public RandomInterceptFit? MarginalLikelihood => Models.MarginalLikelihood;

    /// <summary>One comparison for each coefficient of the treatment, the primary ones first.</summary>
    public IReadOnlyList<EffectComparison> Effects => Models.Effects;

    /// <summary>Standardized means and contrasts, by fit and weighting; empty when the treatment has no levels to set.</summary>
    public IReadOnlyList<StandardizedResult> Standardized => Models.Standardized;

    /// <summary>
    /// The chain of estimands from this patient in this cluster to every cluster alike, from the mixed model; empty when the treatment has
    /// no levels to set.
    /// </summary>
    public EstimandLadder Ladder => Models.Ladder;

    /// <summary>The ladder of how the effect changes between two times; null when no change was asked for.</summary>
    public EstimandLadder? Change => Models.Means.Change;

    /// <summary>The ladders of subgroups and whether their effects differ; null when no column of subgroups was named.</summary>
    public SubgroupAnalysis? Subgroups => Models.Means.Subgroups;

    /// <summary>The effect averaged over clusters and periods in four ways; null when no periods were named.</summary>
    public PeriodAnalysis? Periods => Models.Means.Periods;

    /// <summary>The effect at each time since clusters began treatment; null when no column of exposures was named.</summary>
    public ExposureAnalysis? Exposures => Models.Means.Exposures;

    /// <summary>
    /// The cluster-level analysis; without estimates when the trial has no clusters, or the treatment varies within them.
    /// </summary>
    public required ClusterSummaries Summaries { get; init; }

    /// <summary>The dials asked for, each turned over its range; none where the fits cannot be compared.</summary>
    public IReadOnlyList<DialResult> Dials { get; init; } = [];

    /// <summary>What was looked at to explain the rest of the gap; nothing where the fits cannot be compared.</summary>
    public IReadOnlyList<ReasonCheck> Checks { get; }

    /// <summary>The conclusion in plain sentences, which claim only what a test shows.</summary>
    public IReadOnlyList<string> Verdict { get; }

    /// <summary>The estimand of every rung in the terms of ICH E9(R1), and those of the rows beside the ladder.</summary>
    public IReadOnlyList<EstimandStatement> Estimands { get; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; }

    /// <summary>What the reader should know of the rows and of what was asked, one sentence each.</summary>
    public IReadOnlyList<string> Notes => [.. Frame.Notes, .. Models.Notes];

    /// <summary>
    /// Whether the two answers can be set beside each other: both fits converged, and no working correlation is beyond 1. Where they
    /// cannot, the rows hold where each fit ended, and the verdict says why.
    /// </summary>
    public bool IsComparable => Models.Failure is null;

    /// <summary>The less converged of the two fits.</summary>
    public Convergence Convergence => Models.Convergence;

    /// <summary>
    /// The standard deviation that the random effects add to the linear predictor: the root of the mean of τ² over the rows.
    /// </summary>
    public double Spread => Models.Spread;

    /// <summary>
    /// What was pooled over imputed data sets; null for a comparison of one data set. Fits, frame and marginalized model are then those of
    /// the first set.
    /// </summary>
    public PooledFacts? Pooled { get; internal init; }

    /// <summary>The facts that checks and statements were read from.</summary>
    internal ComparedModels Models { get; }

    /// <summary>In one line: what was compared, on how many rows and clusters, and how the fits ended.</summary>
    public override string ToString() =>
        $"Comparison of {Options.Treatment} on {Frame.ResponseName}: {Frame}; GEE {Gee.Convergence}; GLMM {Glmm.Convergence}";
}
