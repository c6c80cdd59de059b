using System.Numerics;

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
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first)
    {
        TKernel.First(eta, Vector.Max(response, Vector<double>.Zero), dispersion, out log, out first);
        var zero = Share(response, log, out var share, out var mixed);
        log = Vector.ConditionalSelect(zero, mixed, log);
        first *= share;
    }

    public static void Second(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        TKernel.Second(eta, Vector.Max(response, Vector<double>.Zero), dispersion, out log, out var one, out var two);
        var zero = Share(response, log, out var share, out var mixed);
        log = Vector.ConditionalSelect(zero, mixed, log);
        first = share * one;
        second = share * (two + ((Vector<double>.One - share) * one * one));
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
        TKernel.Third(eta, Vector.Max(response, Vector<double>.Zero), dispersion, out log, out var one, out var two, out var three);
        var zero = Share(response, log, out var share, out var mixed);
        var rest = Vector<double>.One - share;
        log = Vector.ConditionalSelect(zero, mixed, log);
        first = share * one;
        second = share * (two + (rest * one * one));
        third = share * (three + (rest * one * ((new Vector<double>(3) * two) + ((rest - share) * one * one))));
    }

    public static void Dispersion(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        var count = Vector.Max(response, Vector<double>.Zero);
        TKernel.Second(eta, count, dispersion, out var value, out var one, out var two);
        TKernel.Dispersion(eta, count, dispersion, out var byLog, out var byOne, out var byTwo);
        _ = Share(response, value, out var share, out _);
        var rest = Vector<double>.One - share;
        var change = rest * byLog;
        log = share * byLog;
        first = share * (byOne + (change * one));
        second = share * (byTwo + (change * (two + ((rest - share) * one * one))) + (new Vector<double>(2) * rest * one * byOne));
    }

    // ∂w/∂log o = −w(1 − w), and L rises by 1 − w.
    public static void Inflation(
        Vector<double> eta,
        Vector<double> response,
        Vector<double> dispersion,
        out Vector<double> log,
        out Vector<double> first,
        out Vector<double> second)
    {
        TKernel.Second(eta, Vector.Max(response, Vector<double>.Zero), dispersion, out var value, out var one, out var two);
        _ = Share(response, value, out var share, out _);
        var rest = Vector<double>.One - share;
        var change = -share * rest;
        log = rest;
        first = change * one;
        second = change * (two + ((rest - share) * one * one));
    }

    public static double Constant(double response, double dispersion, out double derivative) =>
        TKernel.Constant(Math.Max(response, 0), dispersion, out derivative);

    // Which lanes are zeros, w (1 for other counts) and log(o + f(0)).
    private static Vector<long> Share(Vector<double> response, Vector<double> log, out Vector<double> share, out Vector<double> mixed)
    {
        var zero = Vector.LessThanOrEqual(response, Vector<double>.Zero);
        var none = LaneExponential.OfNegative(Vector.Min(log, Vector<double>.Zero));
        var sum = none - response;
        share = Vector.ConditionalSelect(zero, none / sum, Vector<double>.One);
        mixed = Vector.Log(Vector.ConditionalSelect(zero, sum, Vector<double>.One));
        return zero;
    }
}
