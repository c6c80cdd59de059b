using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>Bernoulli with probit link: ℓ = y log Φ(η) + (1 − y) log Φ(−η).</summary>
/// <remarks>
/// With m = φ(x)/Φ(x): ∂ log Φ = m, ∂m = −m(x + m). At t = |η| one of the two outcomes is in the lower tail, where m = t + d(t) and x + m =
/// d(t) (see <see cref="MillsRatio"/>), so log Φ never meets log 0; the other is in the upper, where Φ(t) = 1 − φ(t)/(t + d(t)) and nothing
/// cancels.
/// </remarks>
internal readonly struct ProbitKernel : IDensityKernel
{
    private const double HalfLogTwoPi = 0.918938533204672741780329736406;

    // Beyond this t² would overflow.
    private const double LargestPredictor = 1e150;

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
        var one = Vector256<double>.One;
        var positive = Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero);
        var sign = Vector256.ConditionalSelect(positive, one, -one);
        var t = Vector256.Min(Vector256.Abs(eta), Vector256.Create(LargestPredictor));
        var upper = Vector256.ConditionalSelect(positive, response, one - response);
        var lower = one - upper;

        var excess = MillsRatio.Excess(t);
        var lowerRatio = t + excess;
        var logDensity = (-0.5 * t * t) - Vector256.Create(HalfLogTwoPi);
        var tail = LaneExponential.Exp(logDensity) / lowerRatio;
        var upperRatio = tail * lowerRatio / (one - tail);

        log = (upper * Vector256.Log(one - tail)) + (lower * (logDensity - Vector256.Log(lowerRatio)));
        first = sign * ((upper * upperRatio) - (lower * lowerRatio));
        var upperSum = t + upperRatio;
        var upperSlope = -upperRatio * upperSum;
        var lowerSlope = -lowerRatio * excess;
        second = (upper * upperSlope) + (lower * lowerSlope);
        third = -sign * ((upper * ((upperSlope * upperSum) + (upperRatio * (one + upperSlope))))
            - (lower * ((lowerSlope * excess) + (lowerRatio * (one + lowerSlope)))));
    }
}
