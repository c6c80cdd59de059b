using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Model;

/// <summary>Rows and nodes are laid out in whole vectors.</summary>
internal static class VectorPadding
{
    /// <summary>The vectors that hold so many numbers.</summary>
    public static int Vectors(int count) => (count + Vector256<double>.Count - 1) / Vector256<double>.Count;

    /// <summary>The numbers that fill those vectors.</summary>
    public static int Length(int count) => Vectors(count) * Vector256<double>.Count;
}
