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
    /// lᵀV̂l = Σs_i with s_i = (lᵀM⁻¹U_i)²; its variance is estimated by K/(K − 1)·Σ(s_i − s̄)², and ν = 2(Σs_i)² over it.
    /// </remarks>
    public static GeeDegreesOfFreedom PanWall { get; } = new PanWallReference();

    private sealed class PanWallReference() : GeeDegreesOfFreedom("pan-wall")
    {
        internal override double? ForContrast(GeeFit fit, ReadOnlySpan<double> informations, ReadOnlySpan<double> contrast)
        {
            var p = contrast.Length;
            var clusters = fit.Frame.Clusters.Count;
            var direction = new double[p];
            Dense.Multiply(fit.Bread, contrast, direction);
            double sum = 0, squares = 0;
            for (var i = 0; i < clusters; i++)
            {
                CancellationScope.Check();
                var share = Dense.Dot(direction, fit.ClusterScores.Slice(i * p, p));
                sum += share * share;
                squares += share * share * share * share;
            }

            var variance = (squares - (sum * sum / clusters)) * clusters / (clusters - 1.0);
            return clusters > 1 && variance > 0 ? 2 * sum * sum / variance : double.NaN;
        }
    }
}
