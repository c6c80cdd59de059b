using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gaussian with variance φ: ℓ = −(y − μ)²/(2φ); the rest as with the identity link.</summary>
internal readonly struct GaussianMean : IMeanKernel
{
    public static void Evaluate(
        Vector<double> mean,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second,
        out Vector<double> third)
    {
        var residual = response - mean;
        first = residual / dispersion;
        log = new Vector<double>(-0.5) * residual * first;
        second = -Vector<double>.One / dispersion;
        third = Vector<double>.Zero;
    }

    public static void Dispersion(
        Vector<double> mean,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second) =>
        ScaledMean.Dispersion<GaussianMean>(mean, response, dispersion, out log, out first, out second);

    public static double Constant(double response, double dispersion, out double derivative) =>
        GaussianKernel.Constant(response, dispersion, out derivative);
}
