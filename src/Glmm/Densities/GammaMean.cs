using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gamma with shape 1/φ: ℓ = −(y/μ + log μ)/φ; the rest as with the log link.</summary>
internal readonly struct GammaMean : IMeanKernel
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
        var ratio = response / mean;
        log = -(ratio + Vector.Log(mean)) / dispersion;
        var scale = Vector<double>.One / (dispersion * mean);
        first = (ratio - Vector<double>.One) * scale;
        scale /= mean;
        second = (Vector<double>.One - ratio - ratio) * scale;
        third = ((new Vector<double>(6) * ratio) - new Vector<double>(2)) * scale / mean;
    }

    public static void Dispersion(
        Vector<double> mean,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second) =>
        ScaledMean.Dispersion<GammaMean>(mean, response, dispersion, out log, out first, out second);

    public static double Constant(double response, double dispersion, out double derivative) =>
        GammaKernel.Constant(response, dispersion, out derivative);
}
