using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gamma with shape 1/φ: ℓ = −(y/μ + log μ)/φ; the rest as with the log link.</summary>
internal readonly struct GammaMean : IMeanKernel
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
        var ratio = response / mean;
        log = -(ratio + Vector256.Log(mean)) / dispersion;
        var scale = Vector256<double>.One / (dispersion * mean);
        first = (ratio - Vector256<double>.One) * scale;
        scale /= mean;
        second = (Vector256<double>.One - ratio - ratio) * scale;
        third = ((Vector256.Create(6.0) * ratio) - Vector256.Create(2.0)) * scale / mean;
    }

    public static void Dispersion(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        ScaledMean.Dispersion<GammaMean>(mean, response, dispersion, out log, out first, out second);

    public static double Constant(double response, double dispersion, out double derivative) =>
        GammaKernel.Constant(response, dispersion, out derivative);
}
