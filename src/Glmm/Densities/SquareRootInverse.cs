using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = η².</summary>
internal readonly struct SquareRootInverse : IInverseLink
{
    public static Vector256<double> IsValid(Vector256<double> eta) => Vector256.GreaterThan(eta, Vector256<double>.Zero);

    public static Vector256<double> Evaluate(
        Vector256<double> eta, out Vector256<double> first, out Vector256<double> second, out Vector256<double> third)
    {
        first = eta + eta;
        second = Vector256.Create(2.0);
        third = Vector256<double>.Zero;
        return eta * eta;
    }
}
