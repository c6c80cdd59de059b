using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Effects;

/// <summary>The conditional modes b̂ = Λû of the groups of one level, in scaled units, with their conditional standard errors.</summary>
internal sealed class PosteriorModes(int groups, int dimension)
{
    /// <summary>Groups×q by row.</summary>
    public double[] Modes { get; } = new double[groups * dimension];

    /// <summary>Groups×q by row.</summary>
    public double[] StandardErrors { get; } = new double[groups * dimension];

    /// <summary>From nodes, or patterns, to the groups they stand for.</summary>
    /// <param name="nodes">The node of each group.</param>
    public PosteriorModes Spread(ReadOnlySpan<int> nodes)
    {
        var spread = new PosteriorModes(nodes.Length, dimension);
        for (var group = 0; group < nodes.Length; group++)
        {
            Modes.AsSpan(nodes[group] * dimension, dimension).CopyTo(spread.Modes.AsSpan(group * dimension));
            StandardErrors.AsSpan(nodes[group] * dimension, dimension).CopyTo(spread.StandardErrors.AsSpan(group * dimension));
        }

        return spread;
    }

    /// <summary>From the patterns at the beginning to the clusters they stand for, in place.</summary>
    /// <param name="patterns">The pattern of each cluster, none later than the cluster: patterns are counted as they come.</param>
    public void SpreadForwards(ReadOnlySpan<int> patterns)
    {
        for (var group = patterns.Length - 1; group >= 0; group--)
        {
            Modes.AsSpan(patterns[group] * dimension, dimension).CopyTo(Modes.AsSpan(group * dimension));
            StandardErrors.AsSpan(patterns[group] * dimension, dimension).CopyTo(StandardErrors.AsSpan(group * dimension));
        }
    }

    /// <summary>
    /// From standardized effects with covariance TTᵀ (T upper triangular) to
    /// b, a group in each lane: Λû and the roots of the diagonal of ΛTTᵀΛᵀ.
    /// </summary>
    public static void Transform(
        double[] lambda,
        int q,
        ReadOnlySpan<Vector256<double>> mode,
        ReadOnlySpan<Vector256<double>> root,
        Span<Vector256<double>> modes,
        Span<Vector256<double>> errors)
    {
        for (var a = 0; a < q; a++)
        {
            Vector256<double> value = Vector256<double>.Zero, variance = Vector256<double>.Zero;
            for (var d = 0; d < q; d++)
            {
                value += lambda[(a * q) + d] * mode[d];
                var entry = Vector256<double>.Zero;
                for (var b = 0; b <= d; b++)
                {
                    entry += lambda[(a * q) + b] * root[(b * q) + d];
                }

                variance += entry * entry;
            }

            modes[a] = value;
            errors[a] = Vector256.Sqrt(variance);
        }
    }
}
