using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Poisson with log link: ℓ = yη − e^η; the constant −log y! is added once a fit.</summary>
internal readonly struct PoissonKernel : IDensityKernel
{
    // e^700 is the largest round power that leaves room for products.
    private const double LargestPredictor = 700;

    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first)
    {
        var mean = LaneExponential.Exp(Vector256.Min(eta, Vector256.Create(LargestPredictor)));
        log = (response * eta) - mean;
        first = response - mean;
    }

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var mean = LaneExponential.Exp(Vector256.Min(eta, Vector256.Create(LargestPredictor)));
        log = (response * eta) - mean;
        first = response - mean;
        second = -mean;
    }

    public static void Third(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        Second(eta, response, dispersion, out log, out first, out second);
        third = second;
    }
}
