using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gaussian with identity link and variance φ: ℓ = −(y − η)²/(2φ) − ½ log(2πφ).</summary>
internal readonly struct GaussianKernel : IDensityKernel
{
    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first)
    {
        var residual = response - eta;
        first = residual / dispersion;
        log = Vector256.Create(-0.5) * residual * first;
    }

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        First(eta, response, dispersion, out log, out first);
        second = -Vector256<double>.One / dispersion;
    }

    public static void Third(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        Second(eta, response, dispersion, out log, out first, out second);
        third = Vector256<double>.Zero;
    }

    public static void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        Second(eta, response, dispersion, out log, out first, out second);
        log = -log;
        first = -first;
        second = -second;
    }

    public static double Constant(double response, double dispersion, out double derivative)
    {
        derivative = -0.5;
        return -0.5 * Math.Log(2 * Math.PI * dispersion);
    }
}
