using MarginalConditional.Gee.Equations;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>The sandwich M⁻¹ ΣU_iU_iᵀ M⁻¹ (Liang and Zeger 1986).</summary>
    public static GeeVariance Robust { get; } = new RobustVariance();

    private sealed class RobustVariance() : GeeVariance("robust")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Sandwich.FromScores(fit.Bread, fit.ClusterScores);
    }
}
