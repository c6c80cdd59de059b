using System.Numerics.Tensors;
using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Summaries;

/// <summary>The clusters of one arm and of the reference, without those of other arms. Immutable.</summary>
internal sealed class ArmPair
{
    /// <summary>The relative difference of a mean and its stratum's that is none.</summary>
    private const double Rounding = 1e-13;

    private readonly bool[] treated;
    private readonly int[] strata;
    private readonly double[] means;
    private readonly double[] sizes;

    /// <summary>Takes the clusters of two arms.</summary>
    /// <param name="trial">Arms and strata of all clusters.</param>
    /// <param name="arm">The arm compared with the reference.</param>
    /// <param name="outcomes">Of all clusters.</param>
    public ArmPair(TrialArms trial, int arm, ClusterOutcomes outcomes)
    {
        var count = trial.Arms.Count(0) + trial.Arms.Count(arm);
        (treated, strata, means, sizes) = (new bool[count], new int[count], new double[count], new double[count]);
        var next = 0;
        for (var c = 0; c < trial.Arms.Length; c++)
        {
            if (trial.Arms[c] == 0 || trial.Arms[c] == arm)
            {
                (treated[next], strata[next]) = (trial.Arms[c] == arm, trial.Strata[c]);
                (means[next], sizes[next]) = (outcomes.Means[c], outcomes.Sizes[c]);
                next++;
            }
        }
    }

    /// <summary>Whether each cluster has the arm that is not the reference.</summary>
    public ReadOnlySpan<bool> Treated => treated;

    /// <summary>ȳᵢ.</summary>
    public ReadOnlySpan<double> Means => means;

    /// <summary>The assignments that the randomization could have made.</summary>
    public Reassignments Reassignments(SummaryOptions options) => new(
        treated,
        strata,
        options.Tolerances.Enumerated,
        options.Permutations ?? options.Tolerances.Draws,
        options.Seed);

    /// <summary>ω: 1 or nᵢ.</summary>
    public double[] Weights(ClusterWeighting weighting) =>
        weighting == ClusterWeighting.Participant ? [.. sizes] : Array.ConvertAll(sizes, _ => 1.0);

    /// <summary>
    /// ȳᵢ less the weighted mean of its stratum, which no assignment changes: strata that treat more of their clusters then do not pull.
    /// </summary>
    public double[] Centred(ReadOnlySpan<double> weights)
    {
        var sums = new (double Weight, double Total)[1 + TensorPrimitives.Max(strata)];
        for (var c = 0; c < means.Length; c++)
        {
            ref var own = ref sums[strata[c]];
            own = (own.Weight + weights[c], own.Total + (weights[c] * means[c]));
        }

        var centred = new double[means.Length];
        for (var c = 0; c < centred.Length; c++)
        {
            centred[c] = Difference(means[c], sums[strata[c]].Total / sums[strata[c]].Weight);
        }

        return centred;
    }

    /// <summary>ȳᵢ without the effect, which is taken to be the difference of the plain means.</summary>
    public double[] WithoutEffect()
    {
        var (sums, counts) = (new double[2], new int[2]);
        for (var c = 0; c < means.Length; c++)
        {
            sums[treated[c] ? 1 : 0] += means[c];
            counts[treated[c] ? 1 : 0]++;
        }

        var effect = (sums[1] / counts[1]) - (sums[0] / counts[0]);
        return [.. means.Select((mean, c) => treated[c] ? mean - effect : mean)];
    }

    /// <summary>The difference of two numbers, 0 where only rounding tells them apart.</summary>
    private static double Difference(double mean, double centre) =>
        Math.Abs(mean - centre) <= Rounding * Math.Abs(centre) ? 0 : mean - centre;
}
