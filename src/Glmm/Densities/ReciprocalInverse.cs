using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = 1/η.</summary>
internal readonly struct ReciprocalInverse : IInverseLink
{
    public static Vector256<double> IsValid(Vector256<double> eta) => Vector256.GreaterThan(eta, Vector256<double>.Zero);

    public static Vector256<double> Evaluate(
        Vector256<double> eta, out Vector256<double> first, out Vector256<double> second, out Vector256<double> third)
    {
        var mean = Vector256<double>.One / eta;
        first = -mean * mean;
        second = Vector256.Create(-2.0) * first * mean;
        third = Vector256.Create(-3.0) * second * mean;
        return mean;
    }
}
