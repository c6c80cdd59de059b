using System.Runtime.InteropServices;

namespace MarginalConditional.Statistics.NormalMeans;

/// <summary>F_j = E h⁽ʲ⁾(η + σZ), j = 1 … 4, h the inverse link: with them every derivative of F(η, σ) = E h(η + σZ).</summary>
/// <remarks>
/// By parts E Z f(Z) = E f′(Z), so F_σ = σF₂, F_ησ = σF₃ and F_σσ = F₂ + σ²F₄: see docs/derivations/random-intercept.md, equation 2.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal struct MeanDerivatives
{
    public double First;
    public double Second;
    public double Third;
    public double Fourth;

    /// <summary>The derivatives of Δ at (m, σ), by differentiating F(Δ(m, σ), σ) = h(m) once and twice.</summary>
    /// <param name="delta">Δ.</param>
    /// <param name="sigma">σ.</param>
    /// <param name="slope">h′(m).</param>
    /// <param name="curvature">h″(m).</param>
    public readonly ConditionalPoint Invert(double delta, double sigma, double slope, double curvature)
    {
        var byTarget = slope / First;
        var bySpread = -sigma * Second / First;
        return new ConditionalPoint(
            delta,
            byTarget,
            (curvature - (Second * byTarget * byTarget)) / First,
            bySpread,
            -byTarget * ((sigma * Third) + (Second * bySpread)) / First,
            -(Second + (sigma * sigma * Fourth) + (2 * sigma * Third * bySpread) + (Second * bySpread * bySpread)) / First);
    }
}
