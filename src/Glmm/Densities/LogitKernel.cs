using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Bernoulli with logit link: ℓ = yη − log(1 + e^η), with t = e^(−|η|) in every expression so that nothing overflows.</summary>
/// <remarks>The absolute error of log(1 + t) with t in (0, 1] is one rounding, which is what a sum of logs keeps.</remarks>
internal readonly struct LogitKernel : IDensityKernel
{
    public static void First(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first)
    {
        var t = LaneExponential.OfNegative(-Vector.Abs(eta));
        log = (response * eta) - Vector.Max(eta, Vector<double>.Zero) - UnitLogarithm.LogOnePlus(t, out var s);
        first = response - Vector.ConditionalSelect(Vector.GreaterThanOrEqual(eta, Vector<double>.Zero), s, t * s);
    }

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var t = LaneExponential.OfNegative(-Vector.Abs(eta));
        log = (response * eta) - Vector.Max(eta, Vector<double>.Zero) - UnitLogarithm.LogOnePlus(t, out var s);
        first = response - Vector.ConditionalSelect(Vector.GreaterThanOrEqual(eta, Vector<double>.Zero), s, t * s);
        second = -(t * s * s);
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
        var mean = response - first;
        third = second * (Vector<double>.One - mean - mean);
    }
}
