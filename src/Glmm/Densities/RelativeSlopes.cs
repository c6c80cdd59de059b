using System.Runtime.Intrinsics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>A positive function with its first three derivatives over it.</summary>
/// <param name="Value">f.</param>
/// <param name="First">f′/f.</param>
/// <param name="Second">f″/f.</param>
/// <param name="Third">f‴/f.</param>
internal readonly record struct RelativeSlopes(
    Vector256<double> Value, Vector256<double> First, Vector256<double> Second, Vector256<double> Third);
