using System.Numerics;

namespace MarginalConditional.Glmm.Densities;

/// <summary>A positive function with its first three derivatives over it.</summary>
/// <param name="Value">f.</param>
/// <param name="First">f′/f.</param>
/// <param name="Second">f″/f.</param>
/// <param name="Third">f‴/f.</param>
internal readonly record struct RelativeSlopes(Vector<double> Value, Vector<double> First, Vector<double> Second, Vector<double> Third);
