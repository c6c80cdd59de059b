using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = e^η.</summary>
internal readonly struct LogInverse : IInverseLink
{
    // The square of the mean and of its inverse have to stay finite.
    private const double LargestPredictor = 140;

    public static Vector<long> IsValid(Vector<double> eta) => Vector<long>.AllBitsSet;

    public static Vector<double> Evaluate(Vector<double> eta, out Vector<double> first, out Vector<double> second, out Vector<double> third)
    {
        var mean = LaneExponential.Exp(
            Vector.Max(Vector.Min(eta, new Vector<double>(LargestPredictor)), new Vector<double>(-LargestPredictor)));
        first = second = third = mean;
        return mean;
    }
}
