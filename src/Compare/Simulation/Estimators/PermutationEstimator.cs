using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The difference of the clusters' means with the permutation test of clusters, as the cluster-level part of a comparison has it.
/// </summary>
/// <remarks>
/// A permutation test has a p-value and no standard error. Its standard error here is the one that gives this p-value by the normal
/// distribution, so that rejections are the test's own and the interval is test-based (Miettinen 1976). Assignments that are drawn come
/// from the method's own stream.
/// </remarks>
public sealed class PermutationEstimator : IEstimator
{
    /// <summary>A standard error is made that much smaller, so that p = 0.05 rejects at 5 %.</summary>
    private const double Rounding = 1e-9;

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => (Weighting == ClusterWeighting.Participant
        ? StudyTarget.RiskDifference
        : StudyTarget.Rung(2, Weighting, EffectMeasure.Difference)).ForArm(Arm);

    /// <summary>Whom the difference averages over. Default: clusters count alike.</summary>
    public ClusterWeighting Weighting { get; init; } = ClusterWeighting.Cluster;

    /// <summary>How many assignments are drawn where there are too many to try all. Default 1000.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        replicate.ColumnOf(Arm);
        var trial = SummarizedTrial.Of(replicate);
        if (trial.Rows.Only(Arm - 1, SummaryEstimand.Marginal, Weighting, EffectMeasure.Difference) is not { } difference)
        {
            return EffectEstimate.Failed;
        }

        var options = trial.Options with { Permutations = Draws, Seed = replicate.Stream.NextBits() };
        var test = PermutationTests.Run(trial.Arms, Arm - 1, trial.Outcomes, options, Weighting);
        var estimate = difference.Inference.Estimate;
        return EffectEstimate.Of(
            estimate, ErrorOf(estimate, test.PValue, difference.RobustError), null, converged: true, warned: false);
    }

    /// <summary>The standard error that gives an estimate a p-value.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="probability">Its two-sided p.</param>
    /// <param name="otherwise">What a p of 1 is given, of which no standard error is the cause.</param>
    internal static double ErrorOf(double estimate, double probability, double otherwise)
    {
        var error = Math.Abs(estimate) / -StandardNormal.Quantile(probability / 2);
        return error > 0 && double.IsFinite(error) ? error * (1 - Rounding) : otherwise;
    }
}
