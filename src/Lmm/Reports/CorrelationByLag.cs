using System.Numerics.Tensors;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Reports;

/// <summary>How the residuals about the mean correlate at a distance of some waves, in the data and in the fitted model.</summary>
/// <param name="Lag">The distance, in ranks of waves.</param>
/// <param name="Pairs">The number of pairs of rows of one subject at that distance.</param>
/// <param name="Empirical">Σ rᵢrⱼ / (the root of Σ rᵢ² Σ rⱼ²) over the pairs.</param>
/// <param name="Fitted">The mean over the same pairs of the model's marginal correlation, random effects included.</param>
public sealed record CorrelationByLag(int Lag, long Pairs, double Empirical, double Fitted)
{
    /// <summary>Every lag that occurs, ascending; none without waves.</summary>
    /// <param name="fit">A fit; its frame's clusters are the subjects.</param>
    public static IReadOnlyList<CorrelationByLag> Of(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var frame = fit.Frame;
        if (frame.Waves.Length == 0)
        {
            return [];
        }

        var sums = new Sums[TensorPrimitives.Max(frame.Waves) + 1];
        var residual = Residuals(fit);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            CancellationScope.Check();
            var (first, last) = (frame.Clusters.Start(c), frame.Clusters.Start(c) + frame.Clusters.Size(c));
            for (var i = first; i < last; i++)
            {
                for (var j = first; j < i; j++)
                {
                    ref var sum = ref sums[Math.Abs(frame.Waves[i] - frame.Waves[j])];
                    sum.Pairs++;
                    sum.Product += residual[i] * residual[j];
                    sum.First += residual[i] * residual[i];
                    sum.Second += residual[j] * residual[j];
                }
            }
        }

        MarginalCorrelations.Add(fit, (lag, correlation, count) =>
        {
            sums[lag].Fitted += correlation * count;
            sums[lag].FittedPairs += count;
        });
        return [.. sums.Select((sum, lag) => new CorrelationByLag(
            lag,
            sum.Pairs,
            sum.Product / Math.Sqrt(sum.First * sum.Second),
            sum.Fitted / sum.FittedPairs)).Where(row => row.Lag > 0 && row.Pairs > 0)];
    }

    private static double[] Residuals(LmmFit fit)
    {
        var residual = LinearPredictor.Of(fit.Frame, fit.Coefficients);
        SpanMath.Subtract(fit.Frame.Response, residual, residual);
        return residual;
    }

    private struct Sums
    {
        public long Pairs;
        public double Product;
        public double First;
        public double Second;
        public double Fitted;
        public double FittedPairs;
    }
}
