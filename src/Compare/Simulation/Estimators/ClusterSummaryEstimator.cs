using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The analysis by cluster: every cluster gives its mean, and the arms' averages are compared by t (Hayes and Moulton 2017). Whole clusters
/// have to be treated.
/// </summary>
public sealed class ClusterSummaryEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Rung(2, Weighting, Measure).ForArm(Arm);

    /// <summary>Whom it averages over. Default: clusters.</summary>
    public ClusterWeighting Weighting { get; init; } = ClusterWeighting.Cluster;

    /// <summary>The scale. Default: the difference.</summary>
    public EffectMeasure Measure { get; init; } = EffectMeasure.Difference;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether covariates are taken out of the clusters' means in a first stage; differences only. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        replicate.ColumnOf(Arm);
        var trial = ClusterArms.Of(replicate);
        var options = Options(replicate);
        var summaries = replicate.Shared(
            (nameof(ClusterSummaryEstimator), Adjust),
            () => ClusterSummarizer.Summarize(Adjust ? replicate.AdjustedFrame : replicate.Frame, trial, options));
        var row = summaries.Estimates.FirstOrDefault(candidate =>
            candidate.Estimand == SummaryEstimand.Marginal && candidate.Weighting == Weighting && candidate.Measure == Measure
            && candidate.IsAdjusted == Adjust && candidate.Treated == trial.Levels[Arm - 1]);
        return row is null
            ? EffectEstimate.Failed
            : EffectEstimate.Of(
                row.Inference.Estimate, row.Inference.StandardError, row.Inference.DegreesOfFreedom, converged: true, warned: false);
    }

    /// <summary>What the analysis by cluster has to know of a replicate; without permutation tests and tests of size.</summary>
    internal static SummaryOptions Options(Replicate replicate) => new()
    {
        Treatment = "treatment",
        Gee = new GeeOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Correlation = WorkingCorrelation.Independence,
            Threads = 1,
        },
        TreatmentColumns = [.. Enumerable.Range(1, replicate.Frame.Design.Columns - 1)],
        TestSize = false,
        Tolerances = new SummaryTolerances { MostClusters = 0 },
    };
}
