using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// Counts beside excess zeros: with probability π a row is 0 whatever its mean. Over 1 − π, which is added once a row, a zero has the
/// density o + f(0) with the odds o = π/(1 − π), any other count that of the family.
/// </summary>
/// <remarks>
/// The response of a zero is −o. With w = f(0)/(o + f(0)), the chance that the family made the zero, L = log(o + f(0)) has L′ = wℓ′, L″ =
/// w(ℓ″ + (1 − w)ℓ′²) and L‴ = w(ℓ‴ + 3(1 − w)ℓ′ℓ″ + (1 − w)(1 − 2w)ℓ′³); zeros bend upwards where w is small (Lambert 1992).
/// </remarks>
/// <typeparam name="TKernel">The family and link; its constant has to be 0 for a count of 0.</typeparam>
internal readonly struct ZeroInflatedKernel<TKernel> : IDensityKernel
    where TKernel : struct, IDensityKernel
{
    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first)
    {
        TKernel.First(eta, Vector256.Max(response, Vector256<double>.Zero), dispersion, out log, out first);
        var zero = Share(response, log, out var share, out var mixed);
        log = Vector256.ConditionalSelect(zero, mixed, log);
        first *= share;
    }

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        TKernel.Second(eta, Vector256.Max(response, Vector256<double>.Zero), dispersion, out log, out var one, out var two);
        var zero = Share(response, log, out var share, out var mixed);
        log = Vector256.ConditionalSelect(zero, mixed, log);
        first = share * one;
        second = share * (two + ((Vector256<double>.One - share) * one * one));
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
        TKernel.Third(eta, Vector256.Max(response, Vector256<double>.Zero), dispersion, out log, out var one, out var two, out var three);
        var zero = Share(response, log, out var share, out var mixed);
        var rest = Vector256<double>.One - share;
        log = Vector256.ConditionalSelect(zero, mixed, log);
        first = share * one;
        second = share * (two + (rest * one * one));
        third = share * (three + (rest * one * ((Vector256.Create(3.0) * two) + ((rest - share) * one * one))));
    }

    public static void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var count = Vector256.Max(response, Vector256<double>.Zero);
        TKernel.Second(eta, count, dispersion, out var value, out var one, out var two);
        TKernel.Dispersion(eta, count, dispersion, out var byLog, out var byOne, out var byTwo);
        _ = Share(response, value, out var share, out _);
        var rest = Vector256<double>.One - share;
        var change = rest * byLog;
        log = share * byLog;
        first = share * (byOne + (change * one));
        second = share * (byTwo + (change * (two + ((rest - share) * one * one))) + (Vector256.Create(2.0) * rest * one * byOne));
    }

    // ∂w/∂log o = −w(1 − w), and L rises by 1 − w.
    public static void Inflation(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        TKernel.Second(eta, Vector256.Max(response, Vector256<double>.Zero), dispersion, out var value, out var one, out var two);
        _ = Share(response, value, out var share, out _);
        var rest = Vector256<double>.One - share;
        var change = -share * rest;
        log = rest;
        first = change * one;
        second = change * (two + ((rest - share) * one * one));
    }

    public static double Constant(double response, double dispersion, out double derivative) =>
        TKernel.Constant(Math.Max(response, 0), dispersion, out derivative);

    // Which lanes are zeros, w (1 for other counts) and log(o + f(0)).
    private static Vector256<double> Share(
        Vector256<double> response, Vector256<double> log, out Vector256<double> share, out Vector256<double> mixed)
    {
        var zero = Vector256.LessThanOrEqual(response, Vector256<double>.Zero);
        var none = LaneExponential.OfNegative(Vector256.Min(log, Vector256<double>.Zero));
        var sum = none - response;
        share = Vector256.ConditionalSelect(zero, none / sum, Vector256<double>.One);
        mixed = Vector256.Log(Vector256.ConditionalSelect(zero, sum, Vector256<double>.One));
        return zero;
    }
}
