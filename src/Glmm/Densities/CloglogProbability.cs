using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>1 − μ = e^(−h) with h = e^η: μ′ = h e^(−h), μ″ = (1 − h)μ′, μ‴ = ((1 − h)² − h)μ′.</summary>
internal readonly struct CloglogProbability : IProbabilityLink
{
    // Beyond these e^(−h) or h is no longer a normal number.
    private const double LargestHazard = 700;
    private const double SmallestPredictor = -700;

    // Up to here 1 − e^(−h) loses digits.
    private const double SmallHazard = 0.34;

    public static void Evaluate(Vector256<double> eta, out RelativeSlopes up, out RelativeSlopes down)
    {
        var one = Vector256<double>.One;
        var hazard = Vector256.Min(
            LaneExponential.Exp(Vector256.Max(eta, Vector256.Create(SmallestPredictor))),
            Vector256.Create(LargestHazard));
        var none = LaneExponential.Exp(-hazard);
        var small = Vector256.LessThan(hazard, Vector256.Create(SmallHazard));
        var share = Vector256.ConditionalSelect(small, UnitLogarithm.LogarithmicMean(none), (one - none) / hazard);
        var rest = one - hazard;
        var twist = (rest * rest) - hazard;
        var slope = none / share;
        up = new RelativeSlopes(share * hazard, slope, slope * rest, slope * twist);
        down = new RelativeSlopes(none, -hazard, -hazard * rest, -hazard * twist);
    }
}
