using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Poisson with log link: ℓ = yη − e^η; the constant −log y! is added once a fit.</summary>
internal readonly struct PoissonKernel : IDensityKernel
{
    // e^700 is the largest round power that leaves room for products.
    private const double LargestPredictor = 700;

    public static void First(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first)
    {
        var mean = LaneExponential.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        log = (response * eta) - mean;
        first = response - mean;
    }

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var mean = LaneExponential.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        log = (response * eta) - mean;
        first = response - mean;
        second = -mean;
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
        third = second;
    }
}
