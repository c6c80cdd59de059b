namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>
    /// The jackknife that fits again, correlation and scale included, without each cluster: (K − p)/K Σ(β̂₍ᵢ₎ − β̂)(β̂₍ᵢ₎ − β̂)ᵀ.
    /// </summary>
    /// <remarks>
    /// With the moments of geepack the factor is geepack's, (K − p − q − 1)/K with q correlation parameters and one scale. NaN when any of
    /// the fits fails.
    /// </remarks>
    public static GeeVariance JackknifeFull { get; } = new JackknifeFullVariance();

    private sealed class JackknifeFullVariance() : GeeVariance("jackknife-full")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Jackknifed(fit, Refits.Changes(fit));
    }
}
