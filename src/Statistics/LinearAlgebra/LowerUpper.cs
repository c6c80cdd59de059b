namespace MarginalConditional.Statistics.LinearAlgebra;

/// <summary>The LU factors, with row exchanges, of small general square matrices (row-major, n×n).</summary>
public static class LowerUpper
{
    /// <summary>Replaces A by its factors: the strict lower triangle holds L (unit diagonal), the rest U.</summary>
    /// <param name="matrix">A, n×n; the factors afterwards.</param>
    /// <param name="n">The order.</param>
    /// <param name="exchanges">n numbers: row k was exchanged with row <c>exchanges[k]</c> at step k.</param>
    /// <returns>Whether A is numerically non-singular.</returns>
    public static bool TryFactor(Span<double> matrix, int n, Span<int> exchanges)
    {
        matrix = matrix[..(n * n)];
        for (var k = 0; k < n; k++)
        {
            var best = k;
            for (var i = k + 1; i < n; i++)
            {
                if (Math.Abs(matrix[(i * n) + k]) > Math.Abs(matrix[(best * n) + k]))
                {
                    best = i;
                }
            }

            exchanges[k] = best;
            var pivot = matrix[(best * n) + k];
            if (pivot == 0 || !double.IsFinite(pivot))
            {
                return false;
            }

            if (best != k)
            {
                Exchange(matrix.Slice(k * n, n), matrix.Slice(best * n, n));
            }

            var rowK = matrix.Slice(k * n, n);
            for (var i = k + 1; i < n; i++)
            {
                var rowI = matrix.Slice(i * n, n);
                var factor = rowI[k] / pivot;
                rowI[k] = factor;
                for (var j = k + 1; j < n; j++)
                {
                    rowI[j] -= factor * rowK[j];
                }
            }
        }

        return true;
    }

    /// <summary>Replaces b by A⁻¹b, given the factors.</summary>
    public static void Solve(ReadOnlySpan<double> factors, int n, ReadOnlySpan<int> exchanges, Span<double> vector)
    {
        for (var k = 0; k < n; k++)
        {
            (vector[k], vector[exchanges[k]]) = (vector[exchanges[k]], vector[k]);
        }

        for (var i = 1; i < n; i++)
        {
            vector[i] -= Dense.Dot(factors.Slice(i * n, i), vector[..i]);
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var row = factors.Slice(i * n, n);
            vector[i] = (vector[i] - Dense.Dot(row[(i + 1)..], vector[(i + 1)..n])) / row[i];
        }
    }

    private static void Exchange(Span<double> a, Span<double> b)
    {
        for (var j = 0; j < a.Length; j++)
        {
            (a[j], b[j]) = (b[j], a[j]);
        }
    }
}
