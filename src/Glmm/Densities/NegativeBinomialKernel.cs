using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;
using MathNet.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// Negative binomial with log link and size s = 1/φ: ℓ = yη − (y + s) log(1
/// + φe^η) + log Γ(y + s) − log Γ(s) − y log s; −log y! is added once a fit.
/// </summary>
/// <remarks>Written so that nothing large cancels when φ is small: the limit φ → 0 is the Poisson density, to the last digits.</remarks>
internal readonly struct NegativeBinomialKernel : IDensityKernel
{
    private const double LargestPredictor = 700;

    // φe^η beyond this leaves 1 − share at its limit.
    private const double LargestRatio = 1e300;

    // From this size on two terms of the series of ψ have all digits.
    private const double LargeSize = 1000;

    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first)
    {
        var mean = Mean(eta, dispersion, out var ratio, out var rest);
        log = (response * eta) - ((response + (Vector256<double>.One / dispersion)) * LogOnePlus(ratio));
        first = (response - mean) * rest;
    }

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var mean = Mean(eta, dispersion, out var ratio, out var rest);
        log = (response * eta) - ((response + (Vector256<double>.One / dispersion)) * LogOnePlus(ratio));
        first = (response - mean) * rest;
        second = -((response * (ratio * rest)) + (mean * rest)) * rest;
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
        _ = Mean(eta, dispersion, out var ratio, out var rest);
        third = second * ((Vector256<double>.One - ratio) * rest);
    }

    public static void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var mean = Mean(eta, dispersion, out var ratio, out var rest);
        var share = ratio * rest;
        log = (LogOnePlus(ratio) / dispersion) - (response * share) - (mean * rest);
        first = -rest * share * (response - mean);
        second = share * rest * ((response * (share - rest)) + (Vector256.Create(2.0) * mean * rest));
    }

    public static double Constant(double response, double dispersion, out double derivative)
    {
        var size = 1 / dispersion;
        derivative = response - (size * DiGammaRise(size, response));
        return RisingFactorial.LogOverPower(size, response);
    }

    /// <summary>ψ(x + d) − ψ(x), for large x from differences of 1/(x + d)^k and 1/x^k for k = 1 and 2.</summary>
    private static double DiGammaRise(double x, double d)
    {
        if (x < LargeSize)
        {
            return SpecialFunctions.DiGamma(x + d) - SpecialFunctions.DiGamma(x);
        }

        var one = -d / (x * (x + d));
        var two = one * ((1 / (x + d)) + (1 / x));
        return Elementary.LogOnePlus(d / x) - (one / 2) - (two / 12);
    }

    /// <summary>log(1 + x) by Kahan's correction: the rounding error of u = 1 + x cancels in x log u / (u − 1).</summary>
    public static Vector256<double> LogOnePlus(Vector256<double> x)
    {
        var sum = Vector256<double>.One + x;
        var excess = sum - Vector256<double>.One;
        return Vector256.ConditionalSelect(Vector256.Equals(excess, Vector256<double>.Zero), x, Vector256.Log(sum) * (x / excess));
    }

    // e^η, φe^η and 1/(1 + φe^η).
    private static Vector256<double> Mean(
        Vector256<double> eta, Vector256<double> dispersion, out Vector256<double> ratio, out Vector256<double> rest)
    {
        var mean = LaneExponential.Exp(Vector256.Min(eta, Vector256.Create(LargestPredictor)));
        ratio = Vector256.Min(dispersion * mean, Vector256.Create(LargestRatio));
        rest = Vector256<double>.One / (Vector256<double>.One + ratio);
        return mean;
    }
}
