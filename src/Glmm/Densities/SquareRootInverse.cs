using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = η².</summary>
internal readonly struct SquareRootInverse : IInverseLink
{
    public static Vector<long> IsValid(Vector<double> eta) => Vector.GreaterThan(eta, Vector<double>.Zero);

    public static Vector<double> Evaluate(Vector<double> eta, out Vector<double> first, out Vector<double> second, out Vector<double> third)
    {
        first = eta + eta;
        second = new Vector<double>(2);
        third = Vector<double>.Zero;
        return eta * eta;
    }
}
