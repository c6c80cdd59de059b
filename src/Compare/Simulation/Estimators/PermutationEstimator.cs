using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The permutation test of clusters: their arms are assigned anew, and the studentized difference of the arms' averages is compared with
/// what it is then.
/// </summary>
/// <remarks>
/// The estimate is the difference of the averages. A permutation test has no standard error: what is given for one is that under which the
/// normal test has its p-value, so that the share of intervals that leave out 0 is the share of rejections; other measures that rest on it
/// say nothing.
/// </remarks>
public sealed class PermutationEstimator : IEstimator
{
    /// <summary>A p-value of 1 would need an infinite standard error.</summary>
    private const double LargestPValue = 1 - 1e-9;

    /// <summary>A difference of 0 needs a standard error above 0 all the same.</summary>
    private const double SmallestDifference = 1e-200;

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Rung(2, Weighting, EffectMeasure.Difference).ForArm(Arm);

    /// <summary>Whom it averages over. Default: clusters.</summary>
    public ClusterWeighting Weighting { get; init; } = ClusterWeighting.Cluster;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>How many assignments are drawn where there are too many to try all. Default 999.</summary>
    public int Permutations { get; init; } = 999;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        replicate.ColumnOf(Arm);
        var trial = ClusterArms.Of(replicate);
        var outcomes = ClusterOutcomes.Of(replicate.Frame, replicate.Model.Link);
        var options = ClusterSummaryEstimator.Options(replicate) with { Permutations = Permutations, Seed = replicate.Stream.NextBits() };
        var test = PermutationTests.Run(trial, Arm - 1, outcomes, options).First(candidate => candidate.Weighting == Weighting);
        var difference = Average(replicate, trial, Arm - 1) - Average(replicate, trial, 0);
        var quantile = -StandardNormal.Quantile(Math.Min(test.PValue, LargestPValue) / 2);
        var error = Math.Max(Math.Abs(difference), SmallestDifference) / quantile;
        return EffectEstimate.Of(difference, error, null, converged: true, warned: false);
    }

    private double Average(Replicate replicate, TrialArms trial, int arm)
    {
        var (clusters, sum, total) = (replicate.Frame.Clusters, 0.0, 0.0);
        for (var c = 0; c < clusters.Count; c++)
        {
            if (trial.Arms[c] == arm)
            {
                var own = replicate.Frame.Response.Slice(clusters.Start(c), clusters.Size(c));
                var weight = Weighting == ClusterWeighting.Cluster ? 1.0 : own.Length;
                sum += weight * System.Numerics.Tensors.TensorPrimitives.Sum(own) / own.Length;
                total += weight;
            }
        }

        return sum / total;
    }
}
