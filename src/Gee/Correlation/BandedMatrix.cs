namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// A banded symmetric matrix in the layout of <see cref="BandedCholesky"/>; with a band as wide as the matrix, any symmetric one.
/// </summary>
/// <param name="values">n(w + 1) values.</param>
/// <param name="n">The order.</param>
/// <param name="w">The width of the band beside the diagonal.</param>
internal sealed class BandedMatrix(double[] values, int n, int w) : IShiftedMatrix
{
    private readonly double[] factor = new double[values.Length];

    /// <summary>By Gershgorin's circles.</summary>
    public double LowerBound
    {
        get
        {
            var radius = new double[n];
            for (var i = 0; i < n; i++)
            {
                for (var k = Math.Max(0, i - w); k < i; k++)
                {
                    var size = Math.Abs(values[(i * (w + 1)) + k - i + w]);
                    radius[i] += size;
                    radius[k] += size;
                }
            }

            var bound = double.PositiveInfinity;
            for (var i = 0; i < n; i++)
            {
                bound = Math.Min(bound, values[(i * (w + 1)) + w] - radius[i]);
            }

            return bound;
        }
    }

    /// <summary>A full matrix from its entries.</summary>
    public static BandedMatrix Full(int n, Func<int, int, double> entry)
    {
        var values = new double[checked(n * n)];
        for (var j = 0; j < n; j++)
        {
            // A band as wide as the matrix: row j holds the columns from j - (n - 1) to j.
            for (var k = 0; k <= j; k++)
            {
                values[(j * n) + k - j + n - 1] = entry(j, k);
            }
        }

        return new BandedMatrix(values, n, n - 1);
    }

    public bool TryShift(double shift)
    {
        values.CopyTo(factor, 0);
        for (var i = 0; i < n; i++)
        {
            factor[(i * (w + 1)) + w] -= shift;
        }

        return BandedCholesky.TryFactor(factor, n, w, tolerance: 0);
    }

    public void Solve(Span<double> x)
    {
        BandedCholesky.SolveLower(factor, n, w, x);
        BandedCholesky.SolveLowerTransposed(factor, n, w, x);
    }

    public void Multiply(ReadOnlySpan<double> x, Span<double> y) => BandedCholesky.Multiply(values, n, w, x, y);
}
