using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = 1/(1 + e^(−η)): μ′ = μν, μ″ = μν(ν − μ), μ‴ = μν(1 − 6μν) with ν = 1 − μ.</summary>
internal readonly struct LogitProbability : IProbabilityLink
{
    public static void Evaluate(Vector256<double> eta, out RelativeSlopes up, out RelativeSlopes down)
    {
        var t = LaneExponential.OfNegative(-Vector256.Abs(eta));
        var large = Vector256<double>.One / (Vector256<double>.One + t);
        var positive = Vector256.GreaterThanOrEqual(eta, Vector256<double>.Zero);
        var p = Vector256.ConditionalSelect(positive, large, t * large);
        var q = Vector256.ConditionalSelect(positive, t * large, large);
        var bend = q - p;
        var twist = Vector256<double>.One - (Vector256.Create(6.0) * p * q);
        up = new RelativeSlopes(p, q, q * bend, q * twist);
        down = new RelativeSlopes(q, -p, -p * bend, -p * twist);
    }
}
