using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>μ = 1/η.</summary>
internal readonly struct ReciprocalInverse : IInverseLink
{
    public static Vector<long> IsValid(Vector<double> eta) => Vector.GreaterThan(eta, Vector<double>.Zero);

    public static Vector<double> Evaluate(Vector<double> eta, out Vector<double> first, out Vector<double> second, out Vector<double> third)
    {
        var mean = Vector<double>.One / eta;
        first = -mean * mean;
        second = new Vector<double>(-2) * first * mean;
        third = new Vector<double>(-3) * second * mean;
        return mean;
    }
}
