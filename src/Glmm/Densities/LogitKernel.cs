using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Bernoulli with logit link: ℓ = yη − log(1 + e^η), with t = e^(−|η|) in every expression so that nothing overflows.</summary>
/// <remarks>The absolute error of log(1 + t) with t in (0, 1] is one rounding, which is what a sum of logs keeps.</remarks>
internal readonly struct LogitKernel : IDensityKernel
{
    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first)
    {
        var t = LaneExponential.OfNegative(-Vector256.Abs(eta));
        log = (response * eta) - Vector256.Max(eta, Vector256<double>.Zero) - UnitLogarithm.LogOnePlus(t, out var s);
        first = response - Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero), s, t * s);
    }

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var t = LaneExponential.OfNegative(-Vector256.Abs(eta));
        log = (response * eta) - Vector256.Max(eta, Vector256<double>.Zero) - UnitLogarithm.LogOnePlus(t, out var s);
        first = response - Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero), s, t * s);
        second = -(t * s * s);
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
        var mean = response - first;
        third = second * (Vector256<double>.One - mean - mean);
    }
}
