using MarginalConditional.Gee.Equations;

namespace MarginalConditional.Gee.Covariance;

public abstract partial class GeeVariance
{
    /// <summary>
    /// The one-step jackknife over clusters, (K − p)/K Σ(β̂₍ᵢ₎ − β̂)(β̂₍ᵢ₎ −
    /// β̂)ᵀ (Lipsitz, Dear and Zhao 1994), with correlation and scale held.
    /// </summary>
    /// <remarks>
    /// One scoring step from β̂ without cluster i moves by −(M − A_i)⁻¹U_i, so this is (K − p)/K times the Mancl-DeRouen variance. With the
    /// moments of geepack the factor is geepack's, (K − p − q − 1)/K with q correlation parameters and one scale.
    /// </remarks>
    public static GeeVariance Jackknife { get; } = new JackknifeVariance();

    private sealed class JackknifeVariance() : GeeVariance("jackknife")
    {
        internal override double[] Compute(GeeFit fit, ReadOnlySpan<double> informations) =>
            Jackknifed(fit, fit.ClusterDeletions());
    }

    private static double[] Jackknifed(GeeFit fit, double[] changes) => Sandwich.Jackknife(
        changes,
        fit.Coefficients.Length,
        fit.Options.Moments.JackknifeParameters(fit.Coefficients.Length, fit.Correlation.Parameters));
}
