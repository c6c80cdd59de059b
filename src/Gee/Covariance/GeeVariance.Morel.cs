using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The correction of Morel, Bokossa and Neerchal (2003), which adds a multiple of the model-based variance.</summary>
    /// <remarks>
    /// M⁻¹[kΣ(U − Ū)(U − Ū)ᵀ + δξM]M⁻¹, k = (N − 1)/(N − p)·K/(K − 1), δ = min(½, p/(K − p)), ξ = max(1, k·tr(M⁻¹Σ(U − Ū)(U − Ū)ᵀ)/p).
    /// </remarks>
    public static GeeVariance Morel { get; } = new MorelVariance();

    private sealed class MorelVariance() : GeeVariance("morel")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations)
        {
            double p = fit.Coefficients.Length, n = fit.Data.Outcomes, clusters = fit.Frame.Clusters.Count;
            if (clusters < 2 || n <= p)
            {
                return Sandwich.Undefined((int)p);
            }

            var k = (n - 1) / (n - p) * clusters / (clusters - 1);
            var delta = clusters > p ? Math.Min(0.5, p / (clusters - p)) : 0.5;
            var meat = Sandwich.Meat(fit.ClusterScores, (int)p);
            Center(meat, fit.ClusterScores, (int)clusters);
            var trace = 0.0;
            for (var j = 0; j < meat.Length; j++)
            {
                trace += fit.Bread[j] * meat[j];
            }

            var xi = Math.Max(1, k * trace / p);
            for (var j = 0; j < meat.Length; j++)
            {
                meat[j] = (k * meat[j]) + (delta * xi * fit.Information[j]);
            }

            return Sandwich.FromMeat(fit.Bread, meat);
        }

        /// <summary>ΣUUᵀ − K ŪŪᵀ: where the bias is reduced the scores do not add up to 0.</summary>
        private static void Center(Span<double> meat, ReadOnlySpan<double> scores, int clusters)
        {
            var total = new double[scores.Length / clusters];
            for (var cluster = 0; cluster < clusters; cluster++)
            {
                CancellationScope.Check();
                Dense.AddScaled(1, scores.Slice(cluster * total.Length, total.Length), total);
            }

            Dense.RankOneUpdateLower(-1.0 / clusters, total, meat);
            Dense.MirrorLower(meat, total.Length);
        }
    }
}
