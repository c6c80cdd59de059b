using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Inverse Gaussian: ℓ = −(y/μ² − 2/μ)/(2φ) − 1/(2φy) − ½ log(2πφy³).</summary>
internal readonly struct InverseGaussianMean : IMeanKernel
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
        var inverse = Vector256<double>.One / mean;
        var ratio = response * inverse;
        var scale = inverse / dispersion;
        log = (Vector256<double>.One - (Vector256.Create(0.5) * ratio)) * scale;
        scale *= inverse;
        first = (ratio - Vector256<double>.One) * scale;
        scale *= inverse;
        second = (Vector256.Create(2.0) - (Vector256.Create(3.0) * ratio)) * scale;
        scale *= inverse;
        third = ((Vector256.Create(12.0) * ratio) - Vector256.Create(6.0)) * scale;
    }

    public static void Dispersion(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        ScaledMean.Dispersion<InverseGaussianMean>(mean, response, dispersion, out log, out first, out second);

    public static double Constant(double response, double dispersion, out double derivative)
    {
        var exponent = 0.5 / (dispersion * response);
        derivative = exponent - 0.5;
        return -exponent - (0.5 * Math.Log(2 * Math.PI * dispersion * response * response * response));
    }
}
