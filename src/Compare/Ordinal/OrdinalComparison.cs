using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>An ordered outcome fitted both ways, with every estimand beside the others. Immutable.</summary>
public sealed record OrdinalComparison
{
    /// <summary>What was asked for.</summary>
    public required OrdinalComparisonOptions Options { get; init; }

    /// <summary>The rows of both fits.</summary>
    public ModelFrame Frame => Glmm.Frame;

    /// <summary>The marginal fit.</summary>
    public required OrdinalGeeFit Gee { get; init; }

    /// <summary>Its covariance and reference; thresholds first.</summary>
    public required GeeInference Inference { get; init; }

    /// <summary>The mixed fit.</summary>
    public required OrdinalGlmmFit Glmm { get; init; }

    /// <summary>The mixed model's marginal thresholds and coefficients; null when it has no finite estimates.</summary>
    public MarginalizedThresholds? Marginalized { get; init; }

    /// <summary>The treatment's coefficients; empty when one of the fits cannot be read.</summary>
    public IReadOnlyList<OrdinalEffect> Effects { get; init; } = [];

    /// <summary>The ladder on the scale of the link; empty for a treatment without levels.</summary>
    public EstimandLadder Ladder { get; init; } = EstimandLadder.Empty;

    /// <summary>The ladder's rungs at each threshold.</summary>
    public IReadOnlyList<OrdinalThresholdRung> ByThreshold { get; init; } = [];

    /// <summary>
    /// Standardized probabilities, scores and win probabilities: by the model and whatever the model, for both weightings.
    /// </summary>
    public IReadOnlyList<OrdinalStandardized> Standardized { get; init; } = [];

    /// <summary>The ladder of how the effect changes between two times; null where that was not asked.</summary>
    public EstimandLadder? Change { get; init; }

    /// <summary>The effect at each time since clusters began treatment, by the mixed model; null where that was not asked.</summary>
    public ExposureAnalysis? Exposures { get; init; }

    /// <summary>The effect in each subgroup; null where none were asked for, or the arms cannot be set.</summary>
    public OrdinalSubgroupAnalysis? Subgroups { get; init; }

    /// <summary>What comes out, in words.</summary>
    public required IReadOnlyList<string> Verdict { get; init; }

    /// <summary>What the reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the reader should beware of, one sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// What was pooled over imputed data sets; null for a comparison of one data set. Fits and frame are then those of the first set.
    /// </summary>
    public PooledFacts? Pooled { get; init; }

    /// <summary>
    /// The standard deviation of the only random effect, link scale, pooled by its variances; null where there are several.
    /// </summary>
    public double? Spread { get; init; }

    /// <summary>How the fits ended: that of the one that did not, else the mixed model's.</summary>
    public Convergence Convergence =>
        Gee.Indicators.Convergence.Converged ? Glmm.Convergence : Gee.Indicators.Convergence;

    /// <summary>In one line: what was compared, on how many rows and clusters, and how the fits ended.</summary>
    public override string ToString() =>
        $"Comparison of {Options.Treatment} on {Frame.ResponseName}: {Frame}; GEE {Gee.Indicators.Convergence}; GLMM {Glmm.Convergence}";
}
