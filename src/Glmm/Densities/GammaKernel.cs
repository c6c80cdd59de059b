using System.Numerics;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Gamma with log link and shape ν = 1/φ: ℓ = −ν(y e^(−η) + η) + ν log ν + (ν − 1) log y − log Γ(ν).</summary>
internal readonly struct GammaKernel : IDensityKernel
{
    private const double SmallestPredictor = -700;

    public static void First(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first)
    {
        var ratio = Ratio(eta, response);
        log = -(ratio + eta) / dispersion;
        first = (ratio - Vector<double>.One) / dispersion;
    }

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var ratio = Ratio(eta, response);
        log = -(ratio + eta) / dispersion;
        first = (ratio - Vector<double>.One) / dispersion;
        second = -ratio / dispersion;
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
        third = -second;
    }

    // ℓ, ℓ′ and ℓ″ are all proportional to 1/φ.
    public static void Dispersion(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
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

    private static Vector<double> Ratio(Vector<double> eta, Vector<double> response) =>
        response * LaneExponential.Exp(-Vector.Max(eta, new Vector<double>(SmallestPredictor)));
}
