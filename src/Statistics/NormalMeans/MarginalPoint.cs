using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>
/// The marginal mean p(η, τ) = ∫ g⁻¹(η + τz) φ(z) dz of one row, with its slopes, on the response scale and on the link scale.
/// </summary>
/// <param name="Mean">p, on the response scale.</param>
/// <param name="MeanSlope">∂p/∂η.</param>
/// <param name="MeanSpreadSlope">∂p/∂τ.</param>
/// <param name="Predictor">g(p), on the link scale; finite in both tails, where p itself rounds to 0 or 1.</param>
/// <param name="PredictorSlope">∂g(p)/∂η: the attenuation of a small effect at this row.</param>
/// <param name="PredictorSpreadSlope">∂g(p)/∂τ.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MarginalPoint(
    double Mean,
    double MeanSlope,
    double MeanSpreadSlope,
    double Predictor,
    double PredictorSlope,
    double PredictorSpreadSlope);
