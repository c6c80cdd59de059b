using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = η, for means that must be positive.</summary>
internal readonly struct IdentityInverse : IInverseLink
{
    public static Vector<long> IsValid(Vector<double> eta) => Vector.GreaterThan(eta, Vector<double>.Zero);

    public static Vector<double> Evaluate(Vector<double> eta, out Vector<double> first, out Vector<double> second, out Vector<double> third)
    {
        first = Vector<double>.One;
        second = third = Vector<double>.Zero;
        return eta;
    }
}
