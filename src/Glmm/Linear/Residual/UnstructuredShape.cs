namespace MarginalConditional.Glmm.Linear.Residual;

/// <summary>Any positive definite C with C₁₁ = 1, by its Cholesky factor: row by row, the diagonal by its logarithm.</summary>
internal sealed class UnstructuredShape : ResidualShape
{
    /// <inheritdoc/>
    public override bool UsesTimes => false;

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override bool AbsorbsIntercept => true;

    /// <inheritdoc/>
    public override bool StartsFromCovariance => true;

    /// <inheritdoc/>
    public override int Count(int waves) => waves * (waves + 1) / 2 - 1;

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> parameters, ReadOnlySpan<double> times, Span<double> matrix, Span<double> derivatives)
    {
        var m = times.Length;
        var factor = Factor(parameters, m);
        Likelihood.SmallMatrix.MultiplyTransposedRight(factor, factor, m, m, m, matrix);
        var k = 0;
        for (var a = 1; a < m; a++)
        {
            for (var b = 0; b <= a; b++, k++)
            {
                // dC = dL Lᵀ + L dLᵀ with dL of one entry at (a, b): row and column a of C move along column b of L.
                var derivative = derivatives.Slice(k * m * m, m * m);
                derivative.Clear();
                var slope = a == b ? factor[a * m + a] : 1;
                for (var i = 0; i < m; i++)
                {
                    derivative[a * m + i] += slope * factor[i * m + b];
                    derivative[i * m + a] += slope * factor[i * m + b];
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void FillStart(ReadOnlySpan<double> covariance, int waves, Span<double> parameters)
    {
        var factor = covariance.ToArray();
        Likelihood.SmallMatrix.Cholesky(factor, waves);
        var k = 0;
        for (var a = 1; a < waves; a++)
        {
            for (var b = 0; b < a; b++)
            {
                parameters[k++] = factor[a * waves + b] / factor[0];
            }

            parameters[k++] = Math.Log(factor[a * waves + a] / factor[0]);
        }
    }

    /// <inheritdoc/>
    public override double[] ToNatural(ReadOnlySpan<double> parameters, int waves, double scale)
    {
        var factor = Factor(parameters, waves);
        var natural = new List<double>();
        for (var a = 0; a < waves; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                natural.Add(scale * Likelihood.SmallMatrix.Dot(factor.AsSpan(a * waves, waves), factor.AsSpan(b * waves, waves)));
            }
        }

        return [.. natural];
    }

    /// <inheritdoc/>
    public override void Fill(ReadOnlySpan<double> natural, ReadOnlySpan<double> times, Span<double> covariance)
    {
        var m = times.Length;
        var k = 0;
        for (var a = 0; a < m; a++)
        {
            for (var b = 0; b <= a; b++, k++)
            {
                covariance[a * m + b] = natural[k];
                covariance[b * m + a] = natural[k];
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names(int waves)
    {
        var names = new List<string>();
        for (var a = 1; a <= waves; a++)
        {
            for (var b = 1; b <= a; b++)
            {
                names.Add(a == b ? $"variance({a})" : $"covariance({b}, {a})");
            }
        }

        return names;
    }

    private static double[] Factor(ReadOnlySpan<double> parameters, int m)
    {
        var factor = new double[m * m];
        factor[0] = 1;
        var k = 0;
        for (var a = 1; a < m; a++)
        {
            for (var b = 0; b < a; b++)
            {
                factor[a * m + b] = parameters[k++];
            }

            factor[a * m + a] = Math.Exp(parameters[k++]);
        }

        return factor;
    }
}
