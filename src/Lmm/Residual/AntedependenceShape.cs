namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// First-order ante-dependence: a correlation ρ_k between each wave and the next; more distant waves correlate by the product.
/// </summary>
internal sealed class AntedependenceShape : CorrelationShape
{
    /// <inheritdoc/>
    public override int Count(int waves) => waves - 1;

    /// <inheritdoc/>
    public override void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural)
    {
        for (var k = 0; k < waves - 1; k++)
        {
            natural[k] = Math.Tanh(parameters[k]);
        }
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix)
    {
        var m = times.Length;
        for (var j = 0; j < m; j++)
        {
            var product = 1.0;
            for (var i = j; i < m; i++)
            {
                matrix[(i * m) + j] = product;
                matrix[(j * m) + i] = product;
                product *= i < m - 1 ? natural[i] : 1;
            }
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
        var rho = new double[m];
        ToNatural(parameters, m, rho);
        Fill(rho, times, matrix);
        for (var k = 0; k < m - 1; k++)
        {
            var derivative = derivatives.Slice(k * m * m, m * m);
            derivative.Clear();
            var slope = 1 - (rho[k] * rho[k]);
            for (var j = 0; j <= k; j++)
            {
                for (var i = k + 1; i < m; i++)
                {
                    // The product over the path from j to i without its factor k.
                    var value = slope * matrix[(k * m) + j] * matrix[(i * m) + k + 1];
                    derivative[(i * m) + j] = value;
                    derivative[(j * m) + i] = value;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => Enumerable.Range(1, waves - 1).Select(k => $"rho({k}, {k + 1})");
}
