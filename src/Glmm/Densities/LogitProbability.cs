using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = 1/(1 + e^(−η)): μ′ = μν, μ″ = μν(ν − μ), μ‴ = μν(1 − 6μν) with ν = 1 − μ.</summary>
internal readonly struct LogitProbability : IProbabilityLink
{
    public static void Evaluate(Vector<double> eta, out RelativeSlopes up, out RelativeSlopes down)
    {
        var t = LaneExponential.OfNegative(-Vector.Abs(eta));
        var large = Vector<double>.One / (Vector<double>.One + t);
        var positive = Vector.AsVectorDouble(Vector.GreaterThanOrEqual(eta, Vector<double>.Zero));
        var p = Vector.ConditionalSelect(positive, large, t * large);
        var q = Vector.ConditionalSelect(positive, t * large, large);
        var bend = q - p;
        var twist = Vector<double>.One - (new Vector<double>(6) * p * q);
        up = new RelativeSlopes(p, q, q * bend, q * twist);
        down = new RelativeSlopes(q, -p, -p * bend, -p * twist);
    }
}
