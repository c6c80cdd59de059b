using MarginalConditional.Gee.Equations;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>
    /// The correction of Mancl and DeRouen (2001), which removes the bias
    /// of residuals as if it were of full order: tends to be conservative.
    /// </summary>
    /// <remarks>M⁻¹D_iᵀV_i⁻¹(I − H_ii)⁻¹(y_i − μ_i) = (M − A_i)⁻¹U_i by the push-through identity.</remarks>
    public static GeeVariance ManclDeRouen { get; } = new ManclDeRouenVariance();

    private sealed class ManclDeRouenVariance() : GeeVariance("mancl-derouen")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Sandwich.Meat(Influences(fit, informations), fit.Coefficients.Length);

        internal override double[] Influences(GeeFit fit, ReadOnlySpan<double> informations) => fit.ClusterDeletions();
    }
}
