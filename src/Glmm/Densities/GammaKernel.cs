using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gamma with log link and shape ν = 1/φ: ℓ = −ν(y e^(−η) + η) + ν log ν + (ν − 1) log y − log Γ(ν).</summary>
internal readonly struct GammaKernel : IDensityKernel
{
    private const double SmallestPredictor = -700;

    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first)
    {
        var ratio = Ratio(eta, response);
        log = -(ratio + eta) / dispersion;
        first = (ratio - Vector256<double>.One) / dispersion;
    }

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var ratio = Ratio(eta, response);
        log = -(ratio + eta) / dispersion;
        first = (ratio - Vector256<double>.One) / dispersion;
        second = -ratio / dispersion;
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
        third = -second;
    }

    // ℓ, ℓ′ and ℓ″ are all proportional to 1/φ.
    public static void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        Second(eta, response, dispersion, out log, out first, out second);
        log = -log;
        first = -first;
        second = -second;
    }

    public static double Constant(double response, double dispersion, out double derivative)
    {
        var shape = 1 / dispersion;
        var logResponse = Math.Log(response);
        derivative = -shape * (Math.Log(shape) + 1 + logResponse - SpecialFunctions.DiGamma(shape));
        return (shape * Math.Log(shape)) + ((shape - 1) * logResponse) - SpecialFunctions.GammaLn(shape);
    }

    private static Vector256<double> Ratio(Vector256<double> eta, Vector256<double> response) =>
        response * LaneExponential.Exp(-Vector256.Max(eta, Vector256.Create(SmallestPredictor)));
}
