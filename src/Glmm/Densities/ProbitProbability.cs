using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = Φ(η): μ′ = φ(η), μ″ = −ηφ(η), μ‴ = (η² − 1)φ(η), each over the tail as in <see cref="ProbitKernel"/>.</summary>
internal readonly struct ProbitProbability : IProbabilityLink
{
    private const double HalfLogTwoPi = 0.918938533204672741780329736406;

    // Φ(−37) is the last tail that is not subnormal.
    private const double LargestPredictor = 37;

    public static void Evaluate(Vector256<double> eta, out RelativeSlopes up, out RelativeSlopes down)
    {
        var one = Vector256<double>.One;
        var positive = Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero);
        var t = Vector256.Min(Vector256.Abs(eta), Vector256.Create(LargestPredictor));
        var ratio = t + MillsRatio.Excess(t);
        var tail = LaneExponential.Exp((-0.5 * t * t) - Vector256.Create(HalfLogTwoPi)) / ratio;
        var rest = one - tail;
        var other = tail * ratio / rest;
        var at = Vector256.ConditionalSelect(positive, t, -t);
        var twist = (t * t) - one;
        up = Of(Vector256.ConditionalSelect(positive, rest, tail), Vector256.ConditionalSelect(positive, other, ratio));
        down = Of(Vector256.ConditionalSelect(positive, tail, rest), -Vector256.ConditionalSelect(positive, ratio, other));

        RelativeSlopes Of(Vector256<double> value, Vector256<double> slope) => new(value, slope, -at * slope, twist * slope);
    }
}
