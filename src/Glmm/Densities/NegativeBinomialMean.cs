using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Negative binomial with size s = 1/φ: ℓ = y log μ − (y + s) log(1 + φμ); the rest as with the log link.</summary>
internal readonly struct NegativeBinomialMean : IMeanKernel
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
        var rest = Vector256<double>.One / (Vector256<double>.One + (dispersion * mean));
        var slope = ((dispersion * response) + Vector256<double>.One) * rest;
        var ratio = response / mean;
        log = (response * Vector256.Log(mean))
            - ((response + (Vector256<double>.One / dispersion)) * NegativeBinomialKernel.LogOnePlus(dispersion * mean));
        first = ratio - slope;
        var share = dispersion * rest;
        second = (slope * share) - (ratio / mean);
        third = Vector256.Create(2.0) * ((ratio / (mean * mean)) - (slope * share * share));
    }

    public static void Dispersion(
        Vector256<double> mean,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var rest = Vector256<double>.One / (Vector256<double>.One + (dispersion * mean));
        log = (NegativeBinomialKernel.LogOnePlus(dispersion * mean) / dispersion)
            - (((dispersion * response) + Vector256<double>.One) * mean * rest);
        first = dispersion * (mean - response) * rest * rest;
        second = dispersion * ((Vector256.Create(2.0) * dispersion * response) + Vector256<double>.One - (dispersion * mean)) * rest * rest
            * rest;
    }

    public static double Constant(double response, double dispersion, out double derivative) =>
        NegativeBinomialKernel.Constant(response, dispersion, out derivative);
}
