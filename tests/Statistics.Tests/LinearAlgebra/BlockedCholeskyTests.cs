using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

public sealed class BlockedCholeskyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 4)]
    [InlineData(64, 63)]
    [InlineData(65, 65)]
    [InlineData(197, 190)]
    [InlineData(300, 256)]
    public void Factor_and_inverse_are_those_of_the_plain_loops(int stride, int order)
    {
        var matrix = Definite(stride);
        var factor = (double[])matrix.Clone();
        Assert.True(BlockedCholesky.TryFactor(factor, stride, order, 1));
        var threaded = (double[])matrix.Clone();
        Assert.True(BlockedCholesky.TryFactor(threaded, stride, order, 3));
        Assert.Equal(factor, threaded);
        var (leading, plain) = (Leading(matrix, stride, order), new double[order * order]);
        var root = (double[])leading.Clone();
        Assert.True(Cholesky.TryFactor(root, order, out _));
        Cholesky.Inverse(root, order, plain);
        var inverted = new double[order * order];
        BlockedCholesky.InvertFactor(factor, stride, order, inverted, 1);
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j < order; j++)
            {
                Assert.Equal(j > i ? Entry(root, order, i, j) : inverted[(i * order) + j], inverted[(i * order) + j], 1e-12);
                if (j <= i)
                {
                    Assert.Equal(root[(i * order) + j], factor[(i * stride) + j], 1e-11);
                }
            }
        }

        // What follows the leading block is its Schur complement.
        for (var i = order; i < stride; i++)
        {
            for (var j = order; j <= i; j++)
            {
                var expected = matrix[(i * stride) + j];
                for (var a = 0; a < order; a++)
                {
                    for (var b = 0; b < order; b++)
                    {
                        expected -= matrix[(i * stride) + a] * plain[(a * order) + b] * matrix[(j * stride) + b];
                    }
                }

                Assert.Equal(expected, factor[(i * stride) + j], 1e-9);
            }
        }

        BlockedCholesky.Inverse(inverted, order, factor, stride, 1);
        for (var i = 0; i < order; i++)
        {
            for (var j = 0; j < order; j++)
            {
                Assert.Equal(plain[(i * order) + j], factor[(i * stride) + j], 1e-11);
            }
        }
    }

    [Theory]
    [InlineData(7, 11, 0, 13)]
    [InlineData(4, 4, 3, 3)]
    [InlineData(5, 9, 2, 20)]
    public void Products_of_rows_are_those_of_plain_loops(int rows, int columns, int from, int to)
    {
        double[] x = [.. Enumerable.Range(0, rows * 20).Select(i => Math.Sin(i))];
        double[] y = [.. Enumerable.Range(0, columns * 20).Select(i => Math.Cos(i))];
        var c = new double[rows * columns];
        BlockProducts.Subtract(x, (0, rows, 20), y, (0, columns, 20), (from, to), c, (columns, 0), lower: false);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var sum = Enumerable.Range(from, to - from).Sum(k => x[(i * 20) + k] * y[(j * 20) + k]);
                Assert.Equal(-sum, c[(i * columns) + j], 1e-13);
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_definite_is_refused()
    {
        var matrix = Definite(150);
        matrix[(100 * 150) + 100] = -1;
        Assert.False(BlockedCholesky.TryFactor(matrix, 150, 150, 1));
        Assert.True(BlockedCholesky.TryFactor(Definite(150), 150, 90, 1));
    }

    /// <summary>Row i of L⁻ᵀ is the column i of L⁻¹, by forward substitution.</summary>
    private static double Entry(double[] root, int order, int i, int j)
    {
        var column = new double[order];
        column[i] = 1;
        Cholesky.SolveLower(root, order, column);
        return column[j];
    }

    private static double[] Leading(double[] matrix, int stride, int order) =>
        [.. Enumerable.Range(0, order).SelectMany(i => matrix.Skip(i * stride).Take(order))];

    private static double[] Definite(int n)
    {
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = Math.Sin((i + 1.0) * (j + 2)) + (i == j ? 2 + (0.7 * n) : 0);
                matrix[(i * n) + j] = value;
                matrix[(j * n) + i] = value;
            }
        }

        return matrix;
    }
}
