using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The mean product E g⁻¹(η + sz + ru₁) g⁻¹(η + sz + ru₂) of two rows that share the normal effect z and not u₁, u₂, with its slopes: less
/// the squared mean it is the covariance of the two.
/// </summary>
/// <param name="Value">The mean product, response scale squared.</param>
/// <param name="Slope">Its derivative by η.</param>
/// <param name="SharedSlope">Its derivative by s.</param>
/// <param name="RestSlope">Its derivative by r.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SharedMeanSquare(double Value, double Slope, double SharedSlope, double RestSlope);
