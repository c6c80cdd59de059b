using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The inverse of a link, μ = g⁻¹(η), with its first three derivatives, a vector at a time.</summary>
internal interface IInverseLink
{
    /// <summary>Where η belongs to a positive mean: all ones in the lane.</summary>
    static abstract Vector<long> IsValid(Vector<double> eta);

    /// <summary>μ and its derivatives at valid η.</summary>
    static abstract Vector<double> Evaluate(
        Vector<double> eta,
        out Vector<double> first,
        out Vector<double> second,
        out Vector<double> third);
}
