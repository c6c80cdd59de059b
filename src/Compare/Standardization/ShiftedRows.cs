using MarginalConditional.Statistics.LinearAlgebra;


namespace MarginalConditional.Compare.Standardization;

/// <summary>Predicted rows with a known number added to each linear predictor. Immutable.</summary>
internal sealed class ShiftedRows : PredictedRows
{
    private readonly PredictedRows rows;
    private readonly ReadOnlyMemory<double> shift;

    /// <summary>Shifts rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="shift">n values, link scale; not copied.</param>
    public ShiftedRows(PredictedRows rows, ReadOnlyMemory<double> shift)
    {
        this.rows = rows;
        this.shift = shift;
    }

    /// <inheritdoc/>
    public override void Predict(ReadOnlySpan<double> parameters, int start, Span<double> predictor, Span<double> spread)
    {
        rows.Predict(parameters, start, predictor, spread);
        SpanMath.Add(predictor, shift.Span.Slice(start, predictor.Length), predictor);
    }

    /// <inheritdoc/>
    public override void AddGradient(ReadOnlySpan<double> predictorWeights, ReadOnlySpan<double> spreadWeights, Span<double> gradient) =>
        rows.AddGradient(predictorWeights, spreadWeights, gradient);
}
