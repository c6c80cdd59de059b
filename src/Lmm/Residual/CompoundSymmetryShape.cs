namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// One correlation ρ for every pair of waves, −1/(m − 1) &lt; ρ &lt; 1: it may be negative, unlike that of a random intercept.
/// </summary>
internal sealed class CompoundSymmetryShape : CorrelationShape
{
    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override int Count(int waves) => waves > 1 ? 1 : 0;

    /// <inheritdoc/>
    public override void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural)
    {
        if (waves > 1)
        {
            var lowest = -1.0 / (waves - 1);
            natural[0] = lowest + ((1 - lowest) / (1 + Math.Exp(-parameters[0])));
        }
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix)
    {
        var m = times.Length;
        matrix[..(m * m)].Fill(m > 1 ? natural[0] : 1);
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
        Span<double> derivatives)
    {
        var m = times.Length;
        Span<double> rho = stackalloc double[1];
        ToNatural(parameters, m, rho);
        Fill(rho, times, matrix);
        if (m > 1)
        {
            var lowest = -1.0 / (m - 1);
            derivatives[..(m * m)].Fill((rho[0] - lowest) * (1 - rho[0]) / (1 - lowest));
            for (var i = 0; i < m; i++)
            {
                derivatives[(i * m) + i] = 0;
            }
        }
    }

    /// <inheritdoc/>
    public override (double Lowest, double Highest) Range(int waves) => (-1.0 / (waves - 1), 1);

    /// <inheritdoc/>
    public override bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes)
    {
        parameters[0] = Math.Log((value - Range(waves).Lowest) / (1 - value));
        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => waves > 1 ? ["rho"] : [];
}
