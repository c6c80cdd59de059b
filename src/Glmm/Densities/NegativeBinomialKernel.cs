using System.Numerics;
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

    // From this size on Stirling's series gives log Γ(y + s) − log Γ(s) with an error below 1e−18.
    private const double LargeSize = 1000;

    public static void First(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first)
    {
        var mean = Mean(eta, dispersion, out var ratio, out var rest);
        log = (response * eta) - ((response + (Vector<double>.One / dispersion)) * LogOnePlus(ratio));
        first = (response - mean) * rest;
    }

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var mean = Mean(eta, dispersion, out var ratio, out var rest);
        log = (response * eta) - ((response + (Vector<double>.One / dispersion)) * LogOnePlus(ratio));
        first = (response - mean) * rest;
        second = -((response * (ratio * rest)) + (mean * rest)) * rest;
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
        _ = Mean(eta, dispersion, out var ratio, out var rest);
        third = second * ((Vector<double>.One - ratio) * rest);
    }

    public static void Dispersion(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var mean = Mean(eta, dispersion, out var ratio, out var rest);
        var share = ratio * rest;
        log = (LogOnePlus(ratio) / dispersion) - (response * share) - (mean * rest);
        first = -rest * share * (response - mean);
        second = share * rest * ((response * (share - rest)) + (new Vector<double>(2) * mean * rest));
    }

    public static double Constant(double response, double dispersion, out double derivative)
    {
        var size = 1 / dispersion;
        if (size < LargeSize)
        {
            derivative = response - (size * (SpecialFunctions.DiGamma(response + size) - SpecialFunctions.DiGamma(size)));
            return SpecialFunctions.GammaLn(response + size) - SpecialFunctions.GammaLn(size) - (response * Math.Log(size));
        }

        // Differences of 1/(s + y)^k and 1/s^k for k = 1, 2, 3.
        var total = response + size;
        var one = -response / (size * total);
        var two = one * ((1 / total) + (1 / size));
        var three = (one / (total * total)) + (two / size);
        var log = Elementary.LogOnePlus(response * dispersion);
        derivative = response - (size * (log - (one / 2) - (two / 12)));
        return ((total - 0.5) * log) - response + (one / 12) - (three / 360);
    }

    /// <summary>log(1 + x) by Kahan's correction: the rounding error of u = 1 + x cancels in x log u / (u − 1).</summary>
    public static Vector<double> LogOnePlus(Vector<double> x)
    {
        var sum = Vector<double>.One + x;
        var excess = sum - Vector<double>.One;
        return Vector.ConditionalSelect(Vector.Equals(excess, Vector<double>.Zero), x, Vector.Log(sum) * (x / excess));
    }

    // e^η, φe^η and 1/(1 + φe^η).
    private static Vector<double> Mean(Vector<double> eta, Vector<double> dispersion, out Vector<double> ratio, out Vector<double> rest)
    {
        var mean = LaneExponential.Exp(Vector.Min(eta, new Vector<double>(LargestPredictor)));
        ratio = Vector.Min(dispersion * mean, new Vector<double>(LargestRatio));
        rest = Vector<double>.One / (Vector<double>.One + ratio);
        return mean;
    }
}
