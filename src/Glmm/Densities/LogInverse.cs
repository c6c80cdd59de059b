using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = e^η.</summary>
internal readonly struct LogInverse : IInverseLink
{
    // The square of the mean and of its inverse have to stay finite.
    private const double LargestPredictor = 140;

    public static Vector256<double> IsValid(Vector256<double> eta) => Vector256<double>.AllBitsSet;

    public static Vector256<double> Evaluate(
        Vector256<double> eta, out Vector256<double> first, out Vector256<double> second, out Vector256<double> third)
    {
        var mean = LaneExponential.Exp(
            Vector256.Max(Vector256.Min(eta, Vector256.Create(LargestPredictor)), Vector256.Create(-LargestPredictor)));
        first = second = third = mean;
        return mean;
    }
}
