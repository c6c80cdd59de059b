using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>
/// Beta-binomial: y of n events where the probability has a beta distribution of mean μ and precision 1/φ. ℓ = Σ_{j&lt;y} log(μ + jφ) +
/// Σ_{j&lt;n−y} log(1 − μ + jφ) − Σ_{j&lt;n} log(1 + jφ); the binomial coefficient is added once a fit.
/// </summary>
/// <remarks>
/// The Gamma functions of the textbook are these sums divided out, in which nothing cancels as φ → 0 and ℓ is the binomial's (Griffiths
/// 1973). The response is an <see cref="EventCode"/>.
/// </remarks>
/// <typeparam name="TLink">The link.</typeparam>
internal readonly struct BetaBinomialKernel<TLink> : IDensityKernel
    where TLink : struct, IProbabilityLink
{
    public static void First(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first) =>
        Third(eta, response, dispersion, out log, out first, out _, out _);

    public static void Second(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second) =>
        Third(eta, response, dispersion, out log, out first, out second, out _);

    public static void Third(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        var events = EventCode.Events(response, out var trials);
        TLink.Evaluate(eta, out var up, out var down);
        Side(up, new RisingSum(up.Value, events, dispersion), out log, out first, out second, out third);
        Side(
            down,
            new RisingSum(down.Value, trials - events, dispersion),
            out var otherLog,
            out var otherFirst,
            out var otherSecond,
            out var otherThird);
        log += otherLog;
        first += otherFirst;
        second += otherSecond;
        third += otherThird;
    }

    public static void Dispersion(
        Vector256<double> eta,
        Vector256<double> response,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var events = EventCode.Events(response, out var trials);
        TLink.Evaluate(eta, out var up, out var down);
        DisperseSide(up, events, dispersion, out log, out first, out second);
        DisperseSide(down, trials - events, dispersion, out var otherLog, out var otherFirst, out var otherSecond);
        log += otherLog;
        first += otherFirst;
        second += otherSecond;
    }

    public static double Constant(double response, double dispersion, out double derivative)
    {
        _ = EventCode.Events(Vector256.Create(response), out var trials);
        var sums = new RisingSum(Vector256<double>.One, trials, Vector256.Create(dispersion));
        derivative = sums.First[0] - trials[0];
        return -sums.Log[0];
    }

    private static void Side(
        RelativeSlopes slopes,
        RisingSum sums,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third)
    {
        var square = slopes.First * slopes.First;
        log = sums.Log;
        first = sums.First * slopes.First;
        second = (sums.First * slopes.Second) - (sums.Second * square);
        third = (sums.First * slopes.Third) - (Vector256.Create(3.0) * sums.Second * slopes.First * slopes.Second)
            + (Vector256.Create(2.0) * sums.Third * square * slopes.First);
    }

    // ∂u/∂log φ = −u(1 − u).
    private static void DisperseSide(
        RelativeSlopes slopes,
        Vector256<double> count,
        Vector256<double> dispersion,
        out Vector256<double> log,
        out Vector256<double> first,
        out Vector256<double> second)
    {
        var sums = new RisingSum(slopes.Value, count, dispersion);
        var change = sums.Second - sums.First;
        log = count - sums.First;
        first = change * slopes.First;
        second = (change * slopes.Second)
            - (Vector256.Create(2.0) * (sums.Third - sums.Second) * slopes.First * slopes.First);
    }
}
