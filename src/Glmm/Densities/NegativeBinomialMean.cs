using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Negative binomial with size s = 1/φ: ℓ = y log μ − (y + s) log(1 + φμ); the rest as with the log link.</summary>
internal readonly struct NegativeBinomialMean : IMeanKernel
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
        var rest = Vector<double>.One / (Vector<double>.One + (dispersion * mean));
        var slope = ((dispersion * response) + Vector<double>.One) * rest;
        var ratio = response / mean;
        log = (response * Vector.Log(mean))
            - ((response + (Vector<double>.One / dispersion)) * NegativeBinomialKernel.LogOnePlus(dispersion * mean));
        first = ratio - slope;
        var share = dispersion * rest;
        second = (slope * share) - (ratio / mean);
        third = new Vector<double>(2) * ((ratio / (mean * mean)) - (slope * share * share));
    }

    public static void Dispersion(
        Vector<double> mean,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var rest = Vector<double>.One / (Vector<double>.One + (dispersion * mean));
        log = (NegativeBinomialKernel.LogOnePlus(dispersion * mean) / dispersion)
            - (((dispersion * response) + Vector<double>.One) * mean * rest);
        first = dispersion * (mean - response) * rest * rest;
        second = dispersion * ((new Vector<double>(2) * dispersion * response) + Vector<double>.One - (dispersion * mean)) * rest * rest
            * rest;
    }

    public static double Constant(double response, double dispersion, out double derivative) =>
        NegativeBinomialKernel.Constant(response, dispersion, out derivative);
}
