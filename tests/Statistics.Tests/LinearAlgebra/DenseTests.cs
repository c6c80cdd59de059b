using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.LinearAlgebra;

public sealed class DenseTests
{
    private readonly double[] a = NaiveMatrix.Numbers(12, 1);
    private readonly double[] b = NaiveMatrix.Numbers(20, 2);

    [Fact]
    public void Product_matches_the_naive_one()
    {
        var c = new double[15];
        Dense.Multiply(a, b, 3, 4, 5, c);
        NaiveMatrix.AssertEqual(NaiveMatrix.Flatten(NaiveMatrix.Multiply(NaiveMatrix.From(a, 3, 4), NaiveMatrix.From(b, 4, 5))), c, 1e-15);
    }

    [Fact]
    public void Product_with_a_transpose_matches_the_naive_one()
    {
        var c = new double[15];
        Dense.MultiplyTranspose(a, b, 3, 4, 5, c);
        var expected = NaiveMatrix.Multiply(NaiveMatrix.From(a, 3, 4), NaiveMatrix.Transpose(NaiveMatrix.From(b, 5, 4)));
        NaiveMatrix.AssertEqual(NaiveMatrix.Flatten(expected), c, 1e-15);
    }

    [Fact]
    public void Product_of_a_transpose_matches_the_naive_one()
    {
        var c = new double[15];
        Dense.TransposeMultiply(a, b, 4, 3, 5, c);
        var expected = NaiveMatrix.Multiply(NaiveMatrix.Transpose(NaiveMatrix.From(a, 4, 3)), NaiveMatrix.From(b, 4, 5));
        NaiveMatrix.AssertEqual(NaiveMatrix.Flatten(expected), c, 1e-15);
    }

    [Fact]
    public void Vectors_are_multiplied_from_both_sides()
    {
        double[] matrix = [1, 2, 3, 4, 5, 6];
        var y = new double[2];
        Dense.Multiply(matrix, [1, 0, -1], y);
        NaiveMatrix.AssertEqual([-2, -2], y, 0);
        var x = new double[3];
        Dense.MultiplyTransposed(matrix, [1, -1], x);
        NaiveMatrix.AssertEqual([-3, -3, -3], x, 0);
    }

    [Fact]
    public void Rank_one_updates_add_the_outer_product()
    {
        var lower = new double[9];
        Dense.RankOneUpdateLower(2, [1, 2, 3], lower);
        NaiveMatrix.AssertEqual([2, 0, 0, 4, 8, 0, 6, 12, 18], lower, 0);
        Dense.MirrorLower(lower, 3);
        var full = new double[9];
        Dense.RankOneUpdate(2, [1, 2, 3], [1, 2, 3], full);
        NaiveMatrix.AssertEqual(full, lower, 0);
    }

    [Fact]
    public void Sandwich_matches_the_product_of_three()
    {
        var middle = NaiveMatrix.PositiveDefinite(4, 3);
        var sandwich = new double[9];
        Dense.Sandwich(a, middle, 3, 4, new double[12], sandwich);
        var left = NaiveMatrix.From(a, 3, 4);
        var expected = NaiveMatrix.Multiply(NaiveMatrix.Multiply(left, NaiveMatrix.From(middle, 4, 4)), NaiveMatrix.Transpose(left));
        NaiveMatrix.AssertEqual(NaiveMatrix.Flatten(expected), sandwich, 1e-14);
        Assert.Equal(sandwich[1], sandwich[3]);
    }

    [Fact]
    public void Forms_are_the_sums_they_abbreviate()
    {
        double[] matrix = [2, 1, 1, 3];
        Assert.Equal(2 + 4 + 12, Dense.QuadraticForm(matrix, [1, 2]));
        Assert.Equal(5, Dense.BilinearForm(matrix, [1, 2], [1, 0]) + Dense.BilinearForm(matrix, [0, 0], [1, 5]) + 1);
    }

    [Fact]
    public void General_systems_are_solved_with_row_exchanges()
    {
        double[] matrix = [0, 2, 1, 1, 1, 0, 3, 0, 1];
        double[] x = [1, -2, 3];
        var right = new double[3];
        Dense.Multiply(matrix, x, right);
        var exchanges = new int[3];
        Assert.True(LowerUpper.TryFactor(matrix, 3, exchanges));
        LowerUpper.Solve(matrix, 3, exchanges, right);
        NaiveMatrix.AssertEqual(x, right, 1e-15);
    }

    [Fact]
    public void General_systems_of_every_size_give_the_right_side_back()
    {
        for (var n = 1; n <= 10; n++)
        {
            var matrix = NaiveMatrix.Numbers(n * n, 40 + n);
            var x = NaiveMatrix.Numbers(n, 60 + n);
            var right = new double[n];
            Dense.Multiply(matrix, x, right);
            var exchanges = new int[n];
            Assert.True(LowerUpper.TryFactor(matrix, n, exchanges));
            LowerUpper.Solve(matrix, n, exchanges, right);
            NaiveMatrix.AssertEqual(x, right, 1e-11);
        }
    }

    [Fact]
    public void A_singular_general_matrix_is_reported() =>
        Assert.False(LowerUpper.TryFactor(new double[] { 1, 2, 2, 4 }, 2, new int[2]));

    [Fact]
    public void Vectors_of_every_length_match_the_loop()
    {
        for (var n = 0; n <= 37; n++)
        {
            var (x, y) = (NaiveMatrix.Numbers(n, 7), NaiveMatrix.Numbers(n + 3, 8));
            var sum = 0.0;
            var expected = y.ToArray();
            for (var i = 0; i < n; i++)
            {
                sum += x[i] * y[i];
                expected[i] += 0.7 * x[i];
            }

            Assert.Equal(sum, Dense.Dot(x, y), 1e-14 * (n + 1));
            Dense.AddScaled(0.7, x, y);
            Assert.Equal(expected, y);
        }
    }

    [Fact]
    public void Nothing_times_a_vector_leaves_the_other_alone()
    {
        double[] y = [1, 2];
        Dense.AddScaled(0, [double.NaN, double.PositiveInfinity], y);
        Assert.Equal([1, 2], y);
    }

    [Fact]
    public void Cross_products_sum_over_the_rows()
    {
        var b = NaiveMatrix.Numbers(5 * 11, 9);
        var sum = new double[121];
        Dense.AddCrossProduct(b, 5, 11, sum);
        for (var i = 0; i < 11; i++)
        {
            Assert.All(sum.AsSpan((i * 11) + i + 1, 10 - i).ToArray(), entry => Assert.Equal(0, entry));
        }

        Dense.MirrorLower(sum, 11);
        var rows = NaiveMatrix.From(b, 5, 11);
        NaiveMatrix.AssertEqual(NaiveMatrix.Flatten(NaiveMatrix.Multiply(NaiveMatrix.Transpose(rows), rows)), sum, 1e-13);
        Dense.ClearUpper(sum, 11);
        Assert.Equal(0, sum[10]);
        Assert.NotEqual(0, sum[110]);
    }
}
