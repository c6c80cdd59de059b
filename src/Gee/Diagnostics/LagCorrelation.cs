using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Diagnostics;

/// <summary>How the residuals of a cluster correlate at a distance of some waves, in the data and by the working correlation.</summary>
/// <param name="Lag">The distance, in ranks of waves.</param>
/// <param name="Pairs">The number of pairs of rows of one cluster at that distance.</param>
/// <param name="Observed">Σ rᵢrⱼ / (the root of Σ rᵢ² Σ rⱼ²) over the pairs, r the Pearson residuals.</param>
/// <param name="Fitted">The mean of the working correlation over the same pairs; not a number where it cannot be had.</param>
public sealed record LagCorrelation(int Lag, long Pairs, double Observed, double Fitted)
{
    /// <summary>Larger clusters do not count in <see cref="Fitted"/>: their matrices take long.</summary>
    private const int LargestCluster = 500;

    /// <summary>Every lag that occurs, ascending; rows of a cluster at the same wave have lag 0.</summary>
    /// <param name="fit">A fit whose working correlation is positive definite.</param>
    public static IReadOnlyList<LagCorrelation> Of(GeeFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var frame = fit.Frame;
        var waves = 0;
        foreach (var wave in frame.Waves)
        {
            waves = Math.Max(waves, wave + 1);
        }

        var sums = new Sums[waves];
        var residuals = Residuals.Pearson(fit);
        var kernel = fit.OpenKernel();
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var (first, size) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
            var working = WorkingMatrix(kernel, c, size);
            for (var i = 0; i < size; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (residuals[first + i], residuals[first + j]);
                    ref var sum = ref sums[Math.Abs(frame.Waves[first + i] - frame.Waves[first + j])];
                    sum.Pairs++;
                    sum.Product += one * other;
                    sum.First += one * one;
                    sum.Second += other * other;
                    sum.Fitted += working?[(i * size) + j] ?? 0;
                    sum.FittedPairs += working is null ? 0 : 1;
                }
            }
        }

        return [.. sums
            .Select((sum, lag) => new LagCorrelation(
                lag,
                sum.Pairs,
                sum.Product / Math.Sqrt(sum.First * sum.Second),
                sum.Fitted / sum.FittedPairs))
            .Where(row => row.Pairs > 0)];
    }

    private struct Sums
    {
        public long Pairs;
        public double Product;
        public double First;
        public double Second;
        public double Fitted;
        public long FittedPairs;
    }

    /// <summary>R of a cluster from the map W that whitens it: the columns of W are those of the unit matrix whitened, R⁻¹ = WᵀW.</summary>
    /// <returns>n×n, symmetric; null where it cannot be had.</returns>
    private static double[]? WorkingMatrix(CorrelationKernel kernel, int cluster, int size)
    {
        if (size > LargestCluster)
        {
            return null;
        }

        var whitened = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            var column = whitened.AsSpan(j * size, size);
            column[j] = 1;
            kernel.Whiten(cluster, cluster + 1, column);
        }

        var precision = new double[size * size];
        Dense.MultiplyTranspose(whitened, whitened, size, size, size, precision);
        var inverse = new double[size * size];
        return Cholesky.TryInvert(precision, size, whitened, inverse) ? inverse : null;
    }
}
