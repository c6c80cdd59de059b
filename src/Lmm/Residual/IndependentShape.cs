namespace MarginalConditional.Lmm.Residual;

/// <summary>No correlation.</summary>
internal sealed class IndependentShape : CorrelationShape
{
    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override int Count(int waves) => 0;

    /// <inheritdoc/>
    public override void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural)
    {
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix)
    {
        var m = times.Length;
        matrix[..(m * m)].Clear();
        for (var i = 0; i < m; i++)
        {
            matrix[(i * m) + i] = 1;
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives) =>
        Fill(parameters, times, matrix);

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => [];
}
