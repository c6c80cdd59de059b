using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>The inverse of a link of probabilities with both tails, so that neither loses digits near 0.</summary>
internal interface IProbabilityLink
{
    /// <summary>μ and 1 − μ, and what their first three derivatives in η are to them.</summary>
    static abstract void Evaluate(Vector256<double> eta, out RelativeSlopes up, out RelativeSlopes down);
}
