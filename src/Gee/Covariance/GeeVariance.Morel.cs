namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The correction of Morel, Bokossa and Neerchal (2003), which adds a multiple of the model-based variance.</summary>
    /// <remarks>M⁻¹[kΣUUᵀ + δξM]M⁻¹, k = (N − 1)/(N − p)·K/(K − 1), δ = min(½, p/(K − p)), ξ = max(1, k·tr(M⁻¹ΣUUᵀ)/p).</remarks>
    public static GeeVariance Morel { get; } = new MorelVariance();

    private sealed class MorelVariance() : GeeVariance("morel")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations)
        {
            double p = fit.Coefficients.Length, n = fit.Frame.Rows, clusters = fit.Frame.Clusters.Count;
            if (clusters < 2 || n <= p)
            {
                return Sandwich.Undefined((int)p);
            }

            var k = (n - 1) / (n - p) * clusters / (clusters - 1);
            var delta = clusters > p ? Math.Min(0.5, p / (clusters - p)) : 0.5;
            var meat = Sandwich.Meat(fit.ClusterScores, (int)p);
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
    }
}
