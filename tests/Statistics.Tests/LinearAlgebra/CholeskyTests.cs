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

    [Fact]
    public void Inverted_factor_times_the_factor_is_the_identity_and_gives_the_inverse()
    {
        for (var n = 1; n <= 19; n += 3)
        {
            var a = NaiveMatrix.PositiveDefinite(n, 200 + n);
            var (factor, inverted, inverse, expected) = (a.ToArray(), new double[n * n], new double[n * n], new double[n * n]);
            Assert.True(Cholesky.TryFactor(factor, n, out _));
            Cholesky.InvertFactor(factor, n, inverted);
            Dense.ClearUpper(factor, n);
            Cholesky.InverseFromInvertedFactor(inverted, n, inverse);
            Assert.True(Cholesky.TryInvert(a, n, new double[n * n], expected));
            var product = NaiveMatrix.Multiply(NaiveMatrix.From(factor, n, n), NaiveMatrix.From(inverted, n, n));
            for (var i = 0; i < n * n; i++)
            {
                Assert.Equal(i % (n + 1) == 0 ? 1 : 0, product[i / n, i % n], 1e-12);
                Assert.Equal(expected[i], inverse[i], 1e-11);
            }
        }
    }

    [Fact]
    public void A_definite_matrix_is_not_raised()
    {
        var a = NaiveMatrix.PositiveDefinite(9, 3);
        var (factor, expected) = (new double[81], a.ToArray());
        Assert.Equal(0, Cholesky.FactorRaised(a, 9, RaisingSchedule.Newton, factor));
        Cholesky.TryFactor(expected, 9, out _);
        Assert.Equal(expected, factor);
    }

    [Fact]
    public void The_diagonal_is_raised_by_the_first_step_that_is_enough()
    {
        // Eigenvalues 3 and −1: definite from 1 + t > 2 on in every schedule that starts from an element of one.
        double[] a = [1, 2, 2, 1];
        foreach (var (schedule, shift, amount) in new[]
        {
            (RaisingSchedule.Newton, 1.0, 2.0),
            (RaisingSchedule.Rounding, 1.0, 2.0),
            (RaisingSchedule.Modes, 4.0, 4.0),
            (RaisingSchedule.Proportional, 10.0, 10.0),
        })
        {
            var factor = new double[4];
            var reached = Cholesky.FactorRaised(a, 2, schedule, factor);
            Assert.Equal(shift, reached, 1e-9);
            Assert.Equal(amount, schedule.Amount(reached, 1), 1e-9);
            Assert.Equal(1 + amount, factor[0] * factor[0], 1e-9);
            Assert.Equal(2, factor[0] * factor[2], 1e-12);
            Assert.Equal(1 + amount, (factor[2] * factor[2]) + (factor[3] * factor[3]), 1e-9);
        }
    }

    [Fact]
    public void A_matrix_without_numbers_is_given_up() =>
        Assert.True(double.IsNaN(Cholesky.FactorRaised([double.NaN], 1, RaisingSchedule.Newton, new double[1])));

    [Fact]
    public void Rank_is_a_share_of_the_diagonal_or_any_positive_pivot()
    {
        double[] a = [1, 1, 1, 1 + 1e-15];
        Assert.False(Cholesky.TryFactor(a.ToArray(), 2, out var failed));
        Assert.Equal(1, failed);
        Assert.True(Cholesky.TryFactor(a.ToArray(), 2, out _, Cholesky.Definite));
        Assert.False(Cholesky.TryFactor(new double[] { 1, 1, 1, 1 }, 2, out _, Cholesky.Definite));
    }

    [Fact]
    public void A_semidefinite_matrix_has_a_factor_with_columns_of_zeros()
    {
        const int N = 10, Rank = 3;
        var rows = NaiveMatrix.From(NaiveMatrix.Numbers(N * Rank, 11), N, Rank);
        var a = NaiveMatrix.Flatten(NaiveMatrix.Multiply(rows, NaiveMatrix.Transpose(rows)));
        var factor = a.ToArray();
        Assert.Equal(Rank, Cholesky.FactorSemidefinite(factor, N, 1e-12));
        Dense.ClearUpper(factor, N);
        var lower = NaiveMatrix.From(factor, N, N);
        NaiveMatrix.AssertEqual(a, NaiveMatrix.Flatten(NaiveMatrix.Multiply(lower, NaiveMatrix.Transpose(lower))), 1e-11);
        Assert.Equal(0, factor[^1]);

        double[] definite = [4, 2, 2, 10];
        Assert.Equal(2, Cholesky.FactorSemidefinite(definite, 2));
        Assert.Equal([2, 2, 1, 3], definite);
    }
}
