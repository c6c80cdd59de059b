namespace MarginalConditional.Compare.Standardization;

/// <summary>The rows of a design as a working model predicts them: η and τ as functions of ψ. Immutable.</summary>
internal abstract class PredictedRows
{
    /// <summary>
    /// η (given effects of 0) and τ (the spread that the random effects add, 0 for a marginal model) of consecutive rows.
    /// </summary>
    /// <param name="parameters">ψ.</param>
    /// <param name="start">The first row.</param>
    /// <param name="predictor">Receives η, as many rows as it is long.</param>
    /// <param name="spread">Receives τ, of the same length.</param>
    public abstract void Predict(ReadOnlySpan<double> parameters, int start, Span<double> predictor, Span<double> spread);

    /// <summary>Adds Σ_j (a_j ∂η_j/∂ψ + b_j ∂τ_j/∂ψ) at ψ̂ over all rows.</summary>
    /// <param name="predictorWeights">a, n values.</param>
    /// <param name="spreadWeights">b, n values.</param>
    /// <param name="gradient">m values, added to.</param>
    public abstract void AddGradient(ReadOnlySpan<double> predictorWeights, ReadOnlySpan<double> spreadWeights, Span<double> gradient);
}
