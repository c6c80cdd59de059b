using MarginalConditional.Data;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Model;

/// <content>Columns of the fixed effects made orthogonal, and the response taken off them.</content>
internal sealed partial class WorkingRows
{
    private static void Orthogonalize(
        Span<double> values,
        int n,
        int start,
        int p,
        int width,
        Span<double> basis,
        IReadOnlyList<string> names)
    {
        var gram = new double[p * p];
        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            Dense.AddCrossProduct(values.Slice((i * width) + start, p), 1, p, gram);
        }

        var length = new double[p];
        for (var j = 0; j < p; j++)
        {
            length[j] = Math.Sqrt(gram[(j * p) + j]);
        }

        var factor = new double[p * p];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                factor[(i * p) + j] = gram[(i * p) + j] / (length[i] * length[j]);
            }
        }

        if (!Cholesky.TryFactor(factor, p, out _))
        {
            throw new InputException(
                $"The columns of the design ({string.Join(", ", names)}) are linearly dependent: the coefficients are not determined.")
            {
                Hint = "Remove a term that the others determine.",
            };
        }

        // factor ← diag(length) L, so that XᵀX = factor factorᵀ; the new columns are X (factorᵀ)⁻¹ √n.
        var root = Math.Sqrt(n);
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                factor[(i * p) + j] *= length[i] / root;
            }
        }

        for (var i = 0; i < n; i++)
        {
            CancellationScope.Check(i);
            var row = values.Slice((i * width) + start, p);
            for (var j = 0; j < p; j++)
            {
                row[j] = (row[j] - Dense.Dot(factor.AsSpan(j * p, j), row[..j])) / factor[(j * p) + j];
            }
        }

        // basis holds Rᵀ (lower triangular): X = X̃R, R ← factorᵀ R, hence Rᵀ ← Rᵀ factor.
        var product = new double[p * p];
        Dense.Multiply(basis, factor, p, p, p, product);
        product.CopyTo(basis);
    }

    private static double[] CentreResponse(Span<double> values, int n, int start, int p, int width)
    {
        var coefficients = new double[p];
        for (var pass = 0; pass < 2; pass++)
        {
            var step = new double[p];
            for (var i = 0; i < n; i++)
            {
                CancellationScope.Check(i);
                Dense.AddScaled(values[(i * width) + start + p] / n, values.Slice((i * width) + start, p), step);
            }

            for (var i = 0; i < n; i++)
            {
                CancellationScope.Check(i);
                values[(i * width) + start + p] -= Dense.Dot(values.Slice((i * width) + start, p), step);
            }

            SpanMath.Add(coefficients, step, coefficients);
        }

        return coefficients;
    }
}
