using System.Numerics;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Negative binomial with log link and size s = 1/φ: ℓ = yη − (y + s) log(e^η + s) + s log s + log Γ(y + s) − log Γ(s); −log y! is added once a fit.</summary>
internal readonly struct NegativeBinomialKernel : IDensityKernel
{
    private const double LargestPredictor = 700;

    public static void First(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first)
    {
        var size = Vector<double>.One / dispersion;
        var mean = Vector.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        var total = mean + size;
        log = (response * eta) - ((response + size) * Vector.Log(total));
        first = response - ((response + size) * (mean / total));
    }

    public static void Second(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first, out Vector<double> second)
    {
        var size = Vector<double>.One / dispersion;
        var mean = Vector.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        var total = mean + size;
        var share = mean / total;
        log = (response * eta) - ((response + size) * Vector.Log(total));
        first = response - ((response + size) * share);
        second = -(response + size) * share * (size / total);
    }

    public static void Third(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first, out Vector<double> second, out Vector<double> third)
    {
        Second(eta, response, dispersion, out log, out first, out second);
        var size = Vector<double>.One / dispersion;
        var mean = Vector.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        third = second * ((size - mean) / (size + mean));
    }

    public static void Dispersion(Vector<double> eta, Vector<double> response, Vector<double> dispersion, out Vector<double> log, out Vector<double> first, out Vector<double> second)
    {
        var size = Vector<double>.One / dispersion;
        var mean = Vector.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        var total = mean + size;
        var share = mean / total;
        var rest = size / total;
        log = size * (Vector.Log(total) + ((response + size) / total));
        first = -rest * share * (response - mean);
        second = share * rest * (response + size + size - (new Vector<double>(2) * (response + size) * rest));
    }

    public static double Constant(double response, double dispersion, out double derivative)
    {
        var size = 1 / dispersion;
        derivative = -size * (Math.Log(size) + 1 + SpecialFunctions.DiGamma(response + size) - SpecialFunctions.DiGamma(size));
        return (size * Math.Log(size)) + SpecialFunctions.GammaLn(response + size) - SpecialFunctions.GammaLn(size);
    }
}
