using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The predictor Δ(m, σ) given an effect of 0 whose mean over the effect has the predictor m, g(E g⁻¹(Δ + σZ)) = m, with its derivatives.
/// </summary>
/// <param name="Predictor">Δ, link scale.</param>
/// <param name="Slope">∂Δ/∂m.</param>
/// <param name="Curvature">∂²Δ/∂m².</param>
/// <param name="SpreadSlope">∂Δ/∂σ.</param>
/// <param name="MixedSlope">∂²Δ/∂m∂σ.</param>
/// <param name="SpreadCurvature">∂²Δ/∂σ².</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConditionalPoint(
    double Predictor,
    double Slope,
    double Curvature,
    double SpreadSlope,
    double MixedSlope,
    double SpreadCurvature);
