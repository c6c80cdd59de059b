using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Inverse Gaussian: ℓ = −(y/μ² − 2/μ)/(2φ) − 1/(2φy) − ½ log(2πφy³).</summary>
internal readonly struct InverseGaussianMean : IMeanKernel
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
        var inverse = Vector<double>.One / mean;
        var ratio = response * inverse;
        var scale = inverse / dispersion;
        log = (Vector<double>.One - (new Vector<double>(0.5) * ratio)) * scale;
        scale *= inverse;
        first = (ratio - Vector<double>.One) * scale;
        scale *= inverse;
        second = (new Vector<double>(2) - (new Vector<double>(3) * ratio)) * scale;
        scale *= inverse;
        third = ((new Vector<double>(12) * ratio) - new Vector<double>(6)) * scale;
    }

    public static void Dispersion(
        Vector<double> mean,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second) =>
        ScaledMean.Dispersion<InverseGaussianMean>(mean, response, dispersion, out log, out first, out second);

    public static double Constant(double response, double dispersion, out double derivative)
    {
        var exponent = 0.5 / (dispersion * response);
        derivative = exponent - 0.5;
        return -exponent - (0.5 * Math.Log(2 * Math.PI * dispersion * response * response * response));
    }
}
