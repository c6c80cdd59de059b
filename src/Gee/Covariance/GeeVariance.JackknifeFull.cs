namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>
    /// The jackknife that fits again, correlation and scale included, without each cluster: (K − p)/K Σ(β̂₍ᵢ₎ − β̂)(β̂₍ᵢ₎ − β̂)ᵀ.
    /// </summary>
    /// <remarks>
    /// geepack multiplies by (K − p − q − r)/K instead, with q correlation and r scale parameters. NaN when any of the fits fails.
    /// </remarks>
    public static GeeVariance JackknifeFull { get; } = new JackknifeFullVariance();

    private sealed class JackknifeFullVariance() : GeeVariance("jackknife-full")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Sandwich.Jackknife(Refits.Changes(fit), fit.Coefficients.Length);
    }
}
