using System.Numerics.Tensors;
using MarginalConditional.Statistics.LinearAlgebra;

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
        Autocorrelations(parameters, correlations, new double[waves * waves]);
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
        Span<double> tangents = new double[m * m];
        Autocorrelations(parameters, correlations, tangents);
        Span<double> mirrored = new double[(2 * m) - 1];
        FillFrom(correlations, 1, mirrored, matrix);
        for (var k = 0; k < m - 1; k++)
        {
            FillFrom(tangents[k..], m, mirrored, derivatives.Slice(k * m * m, m * m));
        }
    }

    /// <inheritdoc/>
    /// <remarks>A correlation is linear in the last partial autocorrelation that it depends on.</remarks>
    public override bool TryHold(int index, double value, int waves, Span<double> parameters, Span<double> slopes)
    {
        var lag = index + 1;
        Span<double> correlations = new double[waves];
        Span<double> tangents = new double[waves * waves];
        parameters[index] = 0;
        Autocorrelations(parameters, correlations, tangents);
        var partial = (value - correlations[lag]) / tangents[(lag * waves) + index];
        if (!(Math.Abs(partial) < 1))
        {
            return false;
        }

        parameters[index] = Math.Atanh(partial);
        Autocorrelations(parameters, correlations, tangents);
        var own = tangents[(lag * waves) + index];
        for (var k = 0; k < index; k++)
        {
            slopes[k] = -tangents[(lag * waves) + k] / own;
        }

        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Names(int waves) => Enumerable.Range(1, waves - 1).Select(lag => $"rho(lag {lag})");

    /// <summary>Fills a symmetric matrix from its values by lag, which stand a stride apart, row by row out of one mirrored row.</summary>
    private static void FillFrom(ReadOnlySpan<double> byLag, int stride, Span<double> mirrored, Span<double> matrix)
    {
        var m = (mirrored.Length + 1) / 2;
        for (var lag = 0; lag < m; lag++)
        {
            mirrored[m - 1 + lag] = mirrored[m - 1 - lag] = byLag[lag * stride];
        }

        for (var i = 0; i < m; i++)
        {
            mirrored.Slice(m - 1 - i, m).CopyTo(matrix.Slice(i * m, m));
        }
    }

    /// <summary>The Durbin–Levinson recursion run backwards, with its tangents by all parameters at once.</summary>
    /// <param name="parameters">m − 1 working parameters.</param>
    /// <param name="correlations">Receives the correlations of lags 0 to m − 1.</param>
    /// <param name="tangents">Receives m rows of m, a row a lag: its slopes by the parameters.</param>
    private static void Autocorrelations(ReadOnlySpan<double> parameters, Span<double> correlations, Span<double> tangents)
    {
        var m = correlations.Length;
        Span<double> phi = new double[m];
        Span<double> phiTangents = new double[m * m];
        Span<double> varianceTangent = new double[m];
        Span<double> old = new double[m];
        correlations[0] = 1;
        tangents[..(m * m)].Clear();
        var variance = 1.0;
        for (var k = 1; k < m; k++)
        {
            // What stands before this step depends on the k − 1 parameters before its own.
            var (partial, before) = (Math.Tanh(parameters[k - 1]), k - 1);
            var rest = 1 - (partial * partial);
            var value = partial * variance;
            var tangent = tangents.Slice(k * m, before);
            Dense.AddScaled(partial, varianceTangent[..before], tangent);
            for (var j = 1; j < k; j++)
            {
                value += phi[j] * correlations[k - j];
                Dense.AddScaled(correlations[k - j], phiTangents.Slice(j * m, before), tangent);
                Dense.AddScaled(phi[j], tangents.Slice((k - j) * m, before), tangent);
            }

            correlations[k] = value;
            tangents[(k * m) + before] = rest * variance;
            for (var (j, i) = (1, k - 1); j <= i; j++, i--)
            {
                var (left, right) = (phi[j], phi[i]);
                (phi[j], phi[i]) = (left - (partial * right), right - (partial * left));
                var own = phiTangents.Slice(j * m, before);
                var other = phiTangents.Slice(i * m, before);
                own.CopyTo(old);
                Dense.AddScaled(-partial, other, own);
                if (i != j)
                {
                    Dense.AddScaled(-partial, old[..before], other);
                }

                (phiTangents[(j * m) + before], phiTangents[(i * m) + before]) = (-rest * right, -rest * left);
            }

            phi[k] = partial;
            phiTangents[(k * m) + before] = rest;
            TensorPrimitives.Multiply(varianceTangent[..before], rest, varianceTangent[..before]);
            varianceTangent[before] = -2 * variance * partial * rest;
            variance *= rest;
        }
    }
}
