namespace MarginalConditional.Lmm.Residual;

/// <summary>First-order autoregression over waves: ρ^|j − k| by rank, so that a missed visit counts as one.</summary>
internal sealed class FirstOrderShape : CorrelationShape
{
    /// <inheritdoc/>
    public override int Count(int waves) => waves > 1 ? 1 : 0;

    /// <inheritdoc/>
    public override void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural)
    {
        if (waves > 1)
        {
            natural[0] = Math.Tanh(parameters[0]);
        }
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix)
    {
        var m = times.Length;
        var rho = m > 1 ? natural[0] : 0;
        var power = 1.0;
        for (var lag = 0; lag < m; lag++, power *= rho)
        {
            SetLag(matrix, m, lag, power);
        }
    }

    /// <inheritdoc/>
    public override void Evaluate(
        ReadOnlySpan<double> parameters,
        ReadOnlySpan<double> times,
        Span<double> matrix,
        Span<double> derivatives)
    {
        var m = times.Length;
        Span<double> rho = stackalloc double[1];
        ToNatural(parameters, m, rho);
        Fill(rho, times, matrix);
        if (m > 1)
        {
            SetLag(derivatives, m, 0, 0);
            var slope = 1 - (rho[0] * rho[0]);
            var power = 1.0;
            for (var lag = 1; lag < m; lag++, power *= rho[0])
            {
                SetLag(derivatives, m, lag, lag * power * slope);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => waves > 1 ? ["rho"] : [];

    /// <summary>Sets all entries of a symmetric m×m matrix at one distance from the diagonal.</summary>
    internal static void SetLag(Span<double> matrix, int m, int lag, double value)
    {
        for (var i = lag; i < m; i++)
        {
            matrix[(i * m) + i - lag] = value;
            matrix[((i - lag) * m) + i] = value;
        }
    }
}
