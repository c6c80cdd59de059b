using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>P(Y ≤ k) of rows of a cumulative mixed model, averaged over the random effects or where they are 0, and slopes in ψ.</summary>
public sealed class CumulativeProbability
{
    private readonly OrdinalGlmmFit fit;
    private readonly CumulativeMean mean;

    /// <summary>Those of a fit.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    public CumulativeProbability(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        this.fit = fit;
        mean = new CumulativeMean(fit.Link);
    }

    /// <summary>∫ F(θ_k − xβ − wγ_k − offset + τz) φ(z) dz with τ² = zᵀDz, exactly.</summary>
    /// <param name="row">The row of the design, p values.</param>
    /// <param name="offset">The known part of the linear predictor, link scale.</param>
    /// <param name="effects">For each random term of the frame its row z.</param>
    /// <param name="threshold">k, counted from 0.</param>
    /// <param name="slope">Receives the derivatives in ψ, m values.</param>
    public double Average(
        ReadOnlySpan<double> row, double offset, IReadOnlyList<double[]> effects, int threshold, Span<double> slope)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var tau = Math.Sqrt(OrdinalSpread.Variance(fit, effects, slope));
        var (probability, byPoint, bySpread) = mean.At(fit.Layout.Point(fit.Parameters, row, threshold) - offset, tau);
        SpanMath.Multiply(slope, tau > 0 ? bySpread / (2 * tau) : 0, slope);
        fit.Layout.AddGradient(byPoint, row, threshold, slope);
        return probability;
    }

    /// <summary>F(θ_k − xβ − wγ_k − offset), the random effects 0.</summary>
    /// <param name="row">The row of the design, p values.</param>
    /// <param name="offset">The known part of the linear predictor, link scale.</param>
    /// <param name="threshold">k, counted from 0.</param>
    /// <param name="slope">Receives the derivatives in ψ, m values.</param>
    public double Typical(ReadOnlySpan<double> row, double offset, int threshold, Span<double> slope)
    {
        var point = fit.Layout.Point(fit.Parameters, row, threshold) - offset;
        slope.Clear();
        fit.Layout.AddGradient(fit.Link.Density(point), row, threshold, slope);
        return fit.Link.Cumulative(point);
    }
}
