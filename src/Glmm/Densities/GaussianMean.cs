using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gaussian with variance φ: ℓ = −(y − μ)²/(2φ); the rest as with the identity link.</summary>
internal readonly struct GaussianMean : IMeanKernel
{
    public static void Evaluate(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        var residual = response - mean;
        first = residual / dispersion;
        log = Vector256.Create(-0.5) * residual * first;
        second = -Vector256<double>.One / dispersion;
        third = Vector256<double>.Zero;
    }

    public static void Dispersion(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        ScaledMean.Dispersion<GaussianMean>(mean, response, dispersion, out log, out first, out second);

    public static double Constant(double response, double dispersion, out double derivative) =>
        GaussianKernel.Constant(response, dispersion, out derivative);
}
