using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = Φ(η): μ′ = φ(η), μ″ = −ηφ(η), μ‴ = (η² − 1)φ(η), each over the tail as in <see cref="ProbitKernel"/>.</summary>
internal readonly struct ProbitProbability : IProbabilityLink
{
    private const double HalfLogTwoPi = 0.918938533204672741780329736406;

    // Φ(−37) is the last tail that is not subnormal.
    private const double LargestPredictor = 37;

    public static void Evaluate(Vector<double> eta, out RelativeSlopes up, out RelativeSlopes down)
    {
        var one = Vector<double>.One;
        var positive = Vector.AsVectorDouble(Vector.GreaterThanOrEqual(eta, Vector<double>.Zero));
        var t = Vector.Min(Vector.Abs(eta), new Vector<double>(LargestPredictor));
        var ratio = t + MillsRatio.Excess(t);
        var tail = LaneExponential.Exp((-0.5 * t * t) - new Vector<double>(HalfLogTwoPi)) / ratio;
        var rest = one - tail;
        var other = tail * ratio / rest;
        var at = Vector.ConditionalSelect(positive, t, -t);
        var twist = (t * t) - one;
        up = Of(Vector.ConditionalSelect(positive, rest, tail), Vector.ConditionalSelect(positive, other, ratio));
        down = Of(Vector.ConditionalSelect(positive, tail, rest), -Vector.ConditionalSelect(positive, ratio, other));

        RelativeSlopes Of(Vector<double> value, Vector<double> slope) => new(value, slope, -at * slope, twist * slope);
    }
}
