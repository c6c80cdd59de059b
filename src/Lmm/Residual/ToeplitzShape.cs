namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// One correlation for each lag, kept positive definite by partial autocorrelations (Barndorff-Nielsen &amp; Schou 1973).
/// </summary>
internal sealed class ToeplitzShape : CorrelationShape
{
    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override int Count(int waves) => waves - 1;

    /// <inheritdoc/>
    public override void FillStart(Span<double> parameters)
    {
        parameters.Fill(0.1);
        if (parameters.Length > 0)
        {
            parameters[0] = 0.3;
        }
    }

    /// <inheritdoc/>
    public override void ToNatural(ReadOnlySpan<double> parameters, int waves, Span<double> natural)
    {
        Span<double> correlations = new double[waves];
        Autocorrelations(parameters, waves, -1, correlations, new double[waves]);
        correlations[1..].CopyTo(natural);
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> matrix)
    {
        var m = times.Length;
        FirstOrderShape.SetLag(matrix, m, 0, 1);
        for (var lag = 1; lag < m; lag++)
        {
            FirstOrderShape.SetLag(matrix, m, lag, natural[lag - 1]);
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
        Span<double> correlations = new double[m];
        Span<double> tangents = new double[m];
        Autocorrelations(parameters, m, -1, correlations, tangents);
        Fill(correlations[1..], times, matrix);
        for (var k = 0; k < m - 1; k++)
        {
            Autocorrelations(parameters, m, k, correlations, tangents);
            for (var lag = 0; lag < m; lag++)
            {
                FirstOrderShape.SetLag(derivatives.Slice(k * m * m, m * m), m, lag, tangents[lag]);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>A correlation is linear in the last partial autocorrelation that it depends on.</remarks>
    public override bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes)
    {
        var lag = index + 1;
        Span<double> correlations = new double[waves];
        Span<double> tangents = new double[waves];
        parameters[index] = 0;
        Autocorrelations(parameters, waves, index, correlations, tangents);
        var partial = (value - correlations[lag]) / tangents[lag];
        if (!(Math.Abs(partial) < 1))
        {
            return false;
        }

        parameters[index] = Math.Atanh(partial);
        Autocorrelations(parameters, waves, index, correlations, tangents);
        var own = tangents[lag];
        for (var k = 0; k < index; k++)
        {
            Autocorrelations(parameters, waves, k, correlations, tangents);
            slopes[k] = -tangents[lag] / own;
        }

        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => Enumerable.Range(1, waves - 1).Select(lag => $"rho(lag {lag})");

    /// <summary>
    /// The Durbin–Levinson recursion run backwards, with the tangent by one parameter (none when <paramref name="direction"/> is −1).
    /// </summary>
    private static void Autocorrelations(
        ReadOnlySpan<double> parameters,
        int m,
        int direction,
        Span<double> correlations,
        Span<double> tangents)
    {
        var phi = new double[m];
        var phiTangent = new double[m];
        var old = new double[m];
        var oldTangent = new double[m];
        correlations[0] = 1;
        tangents[0] = 0;
        var variance = 1.0;
        var varianceTangent = 0.0;
        for (var k = 1; k < m; k++)
        {
            var partial = Math.Tanh(parameters[k - 1]);
            var partialTangent = k - 1 == direction ? 1 - (partial * partial) : 0;
            var value = partial * variance;
            var tangent = (partialTangent * variance) + (partial * varianceTangent);
            for (var j = 1; j < k; j++)
            {
                value += phi[j] * correlations[k - j];
                tangent += (phiTangent[j] * correlations[k - j]) + (phi[j] * tangents[k - j]);
            }

            correlations[k] = value;
            tangents[k] = tangent;
            phi.CopyTo(old, 0);
            phiTangent.CopyTo(oldTangent, 0);
            for (var j = 1; j < k; j++)
            {
                phi[j] = old[j] - (partial * old[k - j]);
                phiTangent[j] = oldTangent[j] - (partialTangent * old[k - j]) - (partial * oldTangent[k - j]);
            }

            phi[k] = partial;
            phiTangent[k] = partialTangent;
            varianceTangent = (varianceTangent * (1 - (partial * partial))) - (2 * variance * partial * partialTangent);
            variance *= 1 - (partial * partial);
        }
    }
}
