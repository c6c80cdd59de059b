using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Inference;

public abstract partial class GeeDegreesOfFreedom
{
    /// <summary>
    /// Satterthwaite's approximation with the variance of the robust variance
    /// estimated from the clusters' contributions (Pan and Wall 2002).
    /// </summary>
    /// <remarks>
    /// lᵀV̂l = Σs_i with s_i = (lᵀM⁻¹U_i)²; its variance is estimated by K/(K − 1)·Σ(s_i − s̄)², and ν = 2(Σs_i)² over it. There is no ν
    /// (NaN) where the s_i do not differ, as in two clusters, whose scores sum to zero.
    /// </remarks>
    public static GeeDegreesOfFreedom PanWall { get; } = new PanWallReference();

    private sealed class PanWallReference() : GeeDegreesOfFreedom("pan-wall")
    {
        /// <summary>Differences among the contributions below this part of their sum are those that the iterations have left.</summary>
        private const double NoVariation = 1e-6;

        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast)
        {
            var p = contrast.Length;
            var clusters = fit.Frame.Clusters.Count;
            var direction = new double[p];
            Dense.Multiply(fit.Bread, contrast, direction);
            var shares = new double[clusters];
            for (var i = 0; i < clusters; i++)
            {
                CancellationScope.Check();
                var share = Dense.Dot(direction, fit.ClusterScores.Slice(i * p, p));
                shares[i] = share * share;
            }

            // The scores of all clusters sum to zero: those of two are equal but for their sign, and s tells nothing about its variance.
            var sum = SpanMath.Sum(shares);
            SpanMath.Subtract(shares, sum / clusters, shares);
            var squares = SpanMath.SumOfSquares(shares);
            return clusters > 2 && Math.Sqrt(squares) > NoVariation * sum
                ? 2 * sum * sum * (clusters - 1.0) / (squares * clusters)
                : double.NaN;
        }
    }
}
