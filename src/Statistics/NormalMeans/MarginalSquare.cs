using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The mean square E g⁻¹(η + τz)² of one row over a standard normal z, with its
/// slopes: less the squared mean it is the variance of the conditional means.
/// </summary>
/// <param name="Value">The mean square, response scale squared.</param>
/// <param name="Slope">Its derivative by η.</param>
/// <param name="SpreadSlope">Its derivative by τ.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarginalSquare(double Value, double Slope, double SpreadSlope);
