using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gaussian with identity link and variance φ: ℓ = −(y − η)²/(2φ) − ½ log(2πφ).</summary>
internal readonly struct GaussianKernel : IDensityKernel
{
    public static void First(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first)
    {
        var residual = response - eta;
        first = residual / dispersion;
        log = new Vector<double>(-0.5) * residual * first;
    }

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        First(eta, response, dispersion, out log, out first);
        second = -Vector<double>.One / dispersion;
    }

    public static void Third(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second,
        out Vector<double> third)
    {
        Second(eta, response, dispersion, out log, out first, out second);
        third = Vector<double>.Zero;
    }

    public static void Dispersion(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
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
