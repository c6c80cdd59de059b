using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

public sealed class CholeskyTests
{
    [Fact]
    public void Factor_of_a_hand_computed_matrix()
    {
        double[] a = [4, 2, 2, 10];
        Assert.True(Cholesky.TryFactor(a, 2, out var failed));
        Assert.Equal(-1, failed);
        Assert.Equal(2, a[0]);
        Assert.Equal(1, a[2]);
        Assert.Equal(3, a[3]);
        Assert.Equal(2 * Math.Log(6), Cholesky.LogDeterminant(a, 2), 1e-15);
    }

    [Fact]
    public void Factor_times_its_transpose_gives_the_matrix_back()
    {
        for (var n = 1; n <= 12; n++)
        {
            var a = NaiveMatrix.PositiveDefinite(n, n);
            var factor = a.ToArray();
            Assert.True(Cholesky.TryFactor(factor, n, out _));
            var lower = NaiveMatrix.From(factor, n, n);
            for (var i = 0; i < n; i++)
            {
                for (var j = i + 1; j < n; j++)
                {
                    lower[i, j] = 0;
                }
            }

            NaiveMatrix.AssertEqual(a, NaiveMatrix.Flatten(NaiveMatrix.Multiply(lower, NaiveMatrix.Transpose(lower))), 1e-13 * n);
        }
    }

    [Fact]
    public void Inverse_times_the_matrix_is_the_identity()
    {
        for (var n = 1; n <= 12; n++)
        {
            var a = NaiveMatrix.PositiveDefinite(n, 100 + n);
            var inverse = new double[n * n];
            Assert.True(Cholesky.TryInvert(a, n, new double[n * n], inverse));
            var product = NaiveMatrix.Multiply(NaiveMatrix.From(a, n, n), NaiveMatrix.From(inverse, n, n));
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    Assert.Equal(i == j ? 1 : 0, product[i, j], 1e-12);
                    Assert.Equal(inverse[(i * n) + j], inverse[(j * n) + i]);
                }
            }
        }
    }

    [Fact]
    public void Solve_gives_the_vector_that_the_matrix_maps_to_the_right_side()
    {
        const int N = 7;
        var a = NaiveMatrix.PositiveDefinite(N, 5);
        var x = NaiveMatrix.Numbers(N, 6);
        var b = new double[N];
        Dense.Multiply(a, x, b);
        Cholesky.TryFactor(a, N, out _);
        Cholesky.Solve(a, N, b);
        NaiveMatrix.AssertEqual(x, b, 1e-13);
    }

    [Fact]
    public void Log_determinant_is_that_of_the_expansion_by_minors()
    {
        var a = NaiveMatrix.PositiveDefinite(5, 9);
        var determinant = NaiveMatrix.Determinant(NaiveMatrix.From(a, 5, 5));
        Cholesky.TryFactor(a, 5, out _);
        Assert.Equal(Math.Log(determinant), Cholesky.LogDeterminant(a, 5), 1e-12);
    }

    [Fact]
    public void A_dependent_column_is_named()
    {
        // Third row = first + second.
        double[] a = [2, 1, 3, 1, 3, 4, 3, 4, 7];
        Assert.False(Cholesky.TryFactor(a, 3, out var failed));
        Assert.Equal(2, failed);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_matrix_that_is_not_positive_definite_fails(double corner)
    {
        double[] a = [1, 0, 0, corner];
        Assert.False(Cholesky.TryFactor(a, 2, out var failed));
        Assert.Equal(1, failed);
    }

    [Fact]
    public void The_upper_triangle_is_neither_read_nor_written()
    {
        double[] a = [4, double.NaN, 2, 10];
        Assert.True(Cholesky.TryFactor(a, 2, out _));
        Assert.True(double.IsNaN(a[1]));
        double[] b = [8, 22];
        Cholesky.Solve(a, 2, b);
        NaiveMatrix.AssertEqual([1, 2], b, 1e-15);
    }

    [Fact]
    public void Rows_are_solved_one_by_one()
    {
        double[] a = [4, 2, 2, 10];
        Cholesky.TryFactor(a, 2, out _);
        double[] rows = [4, 2, 2, 10];
        Cholesky.SolveRows(a, 2, rows);
        NaiveMatrix.AssertEqual([1, 0, 0, 1], rows, 1e-15);
    }
}
