using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Compare.Summaries;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// Arms compared by one number a cluster, as the cluster-level part of a comparison has it: the t test, with clusters or participants
/// counting alike, adjusted for covariates in a first stage if asked.
/// </summary>
public sealed class ClusterMeansEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <summary>The average effect on the scale; given the cluster where the clusters' own log odds are averaged.</summary>
    public IEstimand Target => (IsRiskDifference
        ? StudyTarget.RiskDifference
        : StudyTarget.Rung(Average == SummaryEstimand.Marginal ? 2 : 0, Weighting, Measure)).ForArm(Arm);

    /// <summary>Whom it averages over. Default: clusters count alike.</summary>
    public ClusterWeighting Weighting { get; init; } = ClusterWeighting.Cluster;

    /// <summary>The scale. Default: difference.</summary>
    public EffectMeasure Measure { get; init; } = EffectMeasure.Difference;

    /// <summary>Whether means are compared, or the clusters' own log odds averaged. Default: means.</summary>
    public SummaryEstimand Average { get; init; } = SummaryEstimand.Marginal;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are taken out in a first stage. Default: no.</summary>
    public bool Adjust { get; init; }

    private bool IsRiskDifference => Weighting == ClusterWeighting.Participant && Measure == EffectMeasure.Difference;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        replicate.ColumnOf(Arm);
        var trial = SummarizedTrial.Of(replicate);
        var summary = Adjust ? Adjusted(replicate, trial) : trial.Rows.Only(Arm - 1, Average, Weighting, Measure);
        return summary?.Inference is { } inference
            ? EffectEstimate.Of(inference.Estimate, inference.StandardError, inference.DegreesOfFreedom, converged: true, warned: false)
            : EffectEstimate.Failed;
    }

    private ClusterSummary? Adjusted(Replicate replicate, SummarizedTrial trial)
    {
        var adjustment = replicate.Shared("cluster-means", () => new FirstStage(
            CovariateAdjustment.Fit(replicate.AdjustedFrame, trial.Options, out var note), note)).Adjustment;
        return adjustment is null ? null : trial.Rows.Adjusted(Arm - 1, adjustment)
            .FirstOrDefault(row => row.Weighting == Weighting && row.Measure == Measure);
    }

    private sealed record FirstStage(CovariateAdjustment? Adjustment, string? Note);
}
