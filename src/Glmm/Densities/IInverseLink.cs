using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The inverse of a link, μ = g⁻¹(η), with its first three derivatives, a vector at a time.</summary>
internal interface IInverseLink
{
    /// <summary>Where η belongs to a positive mean: all ones in the lane.</summary>
    static abstract Vector256<double> IsValid(Vector256<double> eta);

    /// <summary>μ and its derivatives at valid η.</summary>
    static abstract Vector256<double> Evaluate(
        Vector256<double> eta,
        out Vector256<double> first,
        out Vector256<double> second,
        out Vector256<double> third);
}
