using MarginalConditional.Statistics.LinearAlgebra;


namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// The Cholesky factor A = LLᵀ of a symmetric matrix whose entries more than w off the diagonal are 0: O(nw²) to factor, O(nw) to solve.
/// </summary>
/// <remarks>
/// Matrix and factor are spans of n(w + 1) numbers: row i holds the entries in columns i − w to i, its diagonal last. What stands left of
/// column 0 is 0 and stays so. With w = n − 1 the matrix is a full one.
/// </remarks>
internal static class BandedCholesky
{
    /// <summary>Replaces A by L. False when A is not numerically positive definite; the content is then undefined.</summary>
    /// <param name="matrix">A, n(w + 1).</param>
    /// <param name="n">The order.</param>
    /// <param name="w">The width of the band beside the diagonal.</param>
    /// <param name="tolerance">A pivot has to exceed this share of its diagonal element.</param>
    public static bool TryFactor(Span<double> matrix, int n, int w, double tolerance)
    {
        for (var i = 0; i < n; i++)
        {
            var row = matrix.Slice(i * (w + 1), w + 1);
            for (var j = Math.Max(0, i - w); j < i; j++)
            {
                // Columns that both rows reach: from the later start, up to j.
                var first = Math.Max(0, i - w);
                var other = matrix.Slice(j * (w + 1), w + 1);
                var sum = Dot(row[(first - i + w)..(j - i + w)], other[(first - j + w)..w]);
                row[j - i + w] = (row[j - i + w] - sum) / other[w];
            }

            var pivot = row[w] - Dot(row[..w], row[..w]);
            if (!(pivot > tolerance * row[w]) || !(pivot > 0) || !double.IsFinite(pivot))
            {
                return false;
            }

            row[w] = Math.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Replaces b by L⁻¹b.</summary>
    public static void SolveLower(ReadOnlySpan<double> factor, int n, int w, Span<double> vector)
    {
        for (var i = 0; i < n; i++)
        {
            var row = factor.Slice(i * (w + 1), w + 1);
            var first = Math.Max(0, i - w);
            vector[i] = (vector[i] - Dot(row[(first - i + w)..w], vector[first..i])) / row[w];
        }
    }

    /// <summary>Replaces b by L⁻ᵀb.</summary>
    public static void SolveLowerTransposed(ReadOnlySpan<double> factor, int n, int w, Span<double> vector)
    {
        for (var i = n - 1; i >= 0; i--)
        {
            var row = factor.Slice(i * (w + 1), w + 1);
            var first = Math.Max(0, i - w);
            vector[i] /= row[w];
            SpanMath.MultiplyAdd(row[(first - i + w)..w], -vector[i], vector[first..i], vector[first..i]);
        }
    }

    /// <summary>y = Ax.</summary>
    /// <param name="matrix">A, not its factor.</param>
    /// <param name="n">The order.</param>
    /// <param name="w">The width of the band.</param>
    /// <param name="x">x, n values.</param>
    /// <param name="y">Receives y; must not overlap x.</param>
    public static void Multiply(ReadOnlySpan<double> matrix, int n, int w, ReadOnlySpan<double> x, Span<double> y)
    {
        for (var i = 0; i < n; i++)
        {
            var row = matrix.Slice(i * (w + 1), w + 1);
            var first = Math.Max(0, i - w);
            var left = row[(first - i + w)..w];
            y[i] = (row[w] * x[i]) + Dot(left, x[first..i]);
            SpanMath.MultiplyAdd(left, x[i], y[first..i], y[first..i]);
        }
    }

    /// <summary>Narrow bands are the rule; the vectorised product does not pay for them.</summary>
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length >= 16)
        {
            return SpanMath.Dot(x, y);
        }

        var sum = 0.0;
        y = y[..x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }
}
