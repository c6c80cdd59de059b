using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;
using MarginalConditional.Statistics.Separation;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.Separation;

/// <summary>
/// <see cref="SeparatedRows"/> (and with it ConeProjection and OrthonormalRows) against the linear programme of Konis (2007, chapter 4) on
/// small designs, and where the answer is known.
/// </summary>
public class SeparatedRowsTests
{
    [Fact]
    public void Rows_and_coefficients_are_those_of_the_linear_programme()
    {
        var random = new RandomStream(20260, 1, 0);
        var (found, complete, partial) = (0, 0, 0);
        for (var trial = 0; trial < 1500; trial++)
        {
            var (n, p) = (Whole(random, 3, 12), Whole(random, 1, 5));
            var x = Matrix<double>.Build.Dense(n, p, (_, j) => j == 0 ? 1 : Whole(random, -2, 3));
            if (x.Rank() < p)
            {
                continue;
            }

            RowSide[] sides =
                [.. Enumerable.Range(0, n).Select(_ => (RowSide)(Whole(random, 0, 8) == 0 ? 0 : (2 * Whole(random, 0, 2)) - 1))];
            var expected = Enumerable.Range(0, n).Select(row => IsSeparated(x, sides, row)).ToArray();

            // Neither the unit of a column nor its origin matters.
            var scaled = x.Clone();
            for (var j = 1; j < p; j++)
            {
                scaled.SetColumn(j, (x.Column(j) + Whole(random, -3, 4)) * Math.Pow(10, Whole(random, -6, 7)));
            }

            var result = SeparatedRows.Find(scaled.ToColumnMajorArray(), p, sides);
            Assert.Equal(expected, result is null ? new bool[n] : result.Rows.ToArray());
            if (result is null)
            {
                continue;
            }

            found++;
            complete += result.IsComplete ? 1 : 0;
            Assert.Equal(expected.All(one => one), result.IsComplete);
            var rest = Enumerable.Range(0, n).Where(row => !expected[row]).ToArray();
            var left = Matrix<double>.Build.Dense(rest.Length + 1, p, (i, j) => i < rest.Length ? scaled[rest[i], j] : 0);
            for (var j = 1; j < p; j++)
            {
                var rank = ScaledRank(left);
                var with = left.Clone();
                with[rest.Length, j] = scaled.Column(j).L2Norm();
                Assert.Equal(ScaledRank(with) == rank, result.Limits[j] == 0);
                partial += result.Limits[j] == 0 ? 1 : 0;
            }
        }

        Assert.InRange(found, 300, 1200);
        Assert.True(complete > 50 && partial > 20, $"{complete} {partial}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(123_456)]
    [InlineData(199_999)]
    public void One_row_in_two_hundred_thousand_is_found_wherever_it_stands(int row)
    {
        const int N = 200_000;
        var random = new RandomStream(7, 1, 0);
        var design = new double[4 * N];
        var sides = new RowSide[N];
        for (var i = 0; i < N; i++)
        {
            design[i] = 1;
            design[N + i] = 1e6 + (1000 * random.NextUniform());
            design[(2 * N) + i] = Whole(random, 0, 3);
            design[(3 * N) + i] = i == row ? 1e-3 : 0;
            sides[i] = Whole(random, 0, 1000) == 0 ? RowSide.Above : RowSide.Below;
        }

        sides[row] = RowSide.Above;
        var result = SeparatedRows.Find(design, 4, sides);
        Assert.NotNull(result);
        Assert.Equal([row], Enumerable.Range(0, N).Where(i => result.Rows[i]));
        Assert.Equal([0, 0, 0, double.PositiveInfinity], result.Limits.ToArray());
        Assert.Equal([0, 1, 2], result.KeptColumns.ToArray());
    }

    [Fact]
    public void Rare_events_that_overlap_are_not_separated()
    {
        const int N = 20_000;
        var design = new double[2 * N];
        var sides = new RowSide[N];
        for (var i = 0; i < N; i++)
        {
            design[i] = 1;
            design[N + i] = i;
            sides[i] = i == N - 2 ? RowSide.Above : RowSide.Below;
        }

        Assert.Null(SeparatedRows.Find(design, 2, sides));
        sides[N - 1] = RowSide.Above;
        Assert.True(SeparatedRows.Find(design, 2, sides)?.IsComplete);
    }

    [Fact]
    public void Rows_of_weight_zero_do_not_count()
    {
        double[] design = [1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1];
        double[] response = [0, 1, 1, 1, 1, 0];
        Assert.Null(SeparatedRows.Find(design, 2, RowSides.Of(Family.Binomial, Link.Logit, response, [])));
        var result = SeparatedRows.Find(design, 2, RowSides.Of(Family.Binomial, Link.Logit, response, [1, 1, 1, 1, 1, 0]));
        Assert.NotNull(result);
        Assert.Equal([false, false, false, true, true, false], result.Rows.ToArray());
        Assert.Equal([0, double.PositiveInfinity], result.Limits.ToArray());
    }

    /// <summary>Of an intercept and two columns the one between separates the last two rows: its coefficient is infinite.</summary>
    [Fact]
    public void What_is_fitted_to_the_other_columns_is_put_where_it_belongs()
    {
        double[] design = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1];
        RowSide[] sides = [RowSide.Above, RowSide.Below, RowSide.Above, RowSide.Below, RowSide.Above, RowSide.Above];
        var result = SeparatedRows.Find(design, 3, sides);
        Assert.NotNull(result);
        Assert.Equal([0, double.PositiveInfinity, 0], result.Limits.ToArray());
        Assert.Equal([0, 2], result.KeptColumns.ToArray());
        Assert.Equal([0.25, double.PositiveInfinity, -3], result.Spread([0.25, -3]));
        Assert.Equal([5, 7], result.Restrict([5, 0, 7])!);
        Assert.Null(result.Restrict([5, 1e-9, 7]));

        // A matrix of the two finite ones, and of those with a further parameter that no row separates.
        const double None = double.NaN;
        Assert.Equal([4, None, 1, None, None, None, 2, None, 9], result.SpreadMatrix([4, 1, 2, 9]));
        Assert.Equal(
            [1, None, 2, 3, None, None, None, None, 4, None, 5, 6, 7, None, 8, 9],
            result.SpreadMatrix([1, 2, 3, 4, 5, 6, 7, 8, 9]));
    }

    /// <summary>
    /// The last two rows are separated, so that intercept and second column are the same for the others: one of them is kept to fit
    /// these, and has no finite estimate all the same. The third column has one.
    /// </summary>
    [Fact]
    public void Kept_columns_without_a_finite_coefficient_get_no_estimate()
    {
        double[] design = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0];
        RowSide[] sides = [RowSide.Above, RowSide.Below, RowSide.Below, RowSide.Above, RowSide.Above, RowSide.Above];
        var result = SeparatedRows.Find(design, 3, sides);
        Assert.NotNull(result);
        Assert.Equal([false, false, false, false, true, true], result.Rows.ToArray());
        Assert.Equal(2, result.KeptColumns.Length);
        Assert.Equal(2, result.KeptColumns[1]);
        var spread = result.Spread([2.5, 3.5]);
        Assert.Equal([false, false, true], spread.Select(double.IsFinite));
        Assert.Equal(3.5, spread[2]);
        Assert.Equal([.. Enumerable.Repeat(double.NaN, 8), 4], result.SpreadMatrix([1, 2, 3, 4]));
    }

    [Fact]
    public void RowSides_follow_family_and_link()
    {
        Assert.Equal(RowSide.Above, RowSides.Of(Family.Binomial, Link.Probit, 1));
        Assert.Equal(RowSide.Below, RowSides.Of(Family.Binomial, Link.Cloglog, 0));
        Assert.Equal(RowSide.Inside, RowSides.Of(Family.Binomial, Link.Logit, 0.5));
        Assert.Equal(RowSide.Inside, RowSides.Of(Family.Binomial, Link.Log, 1));
        Assert.Equal(RowSide.Inside, RowSides.Of(Family.Binomial, Link.Identity, 0));
        Assert.Equal(RowSide.Below, RowSides.Of(Family.Poisson, Link.Log, 0));
        Assert.Equal(RowSide.Inside, RowSides.Of(Family.Poisson, Link.Sqrt, 0));
        Assert.Equal(RowSide.Inside, RowSides.Of(Family.Gaussian, Link.Log, 0));
    }

    // Whether some direction of the cone moves this row: max sᵢxᵢᵀδ over the cone, |δ| at most 1 in each entry.
    private static bool IsSeparated(Matrix<double> x, RowSide[] sides, int row)
    {
        if (sides[row] == RowSide.Inside)
        {
            return false;
        }

        var p = x.ColumnCount;
        var a = new List<double[]>();
        var b = new List<double>();
        for (var i = 0; i < x.RowCount; i++)
        {
            foreach (var sign in sides[i] == RowSide.Inside ? new[] { -1, 1 } : [(int)sides[i]])
            {
                a.Add([.. Enumerable.Range(0, 2 * p).Select(j => (j < p ? -sign : sign) * x[i, j % p])]);
                b.Add(0);
            }
        }

        for (var j = 0; j < 2 * p; j++)
        {
            a.Add([.. Enumerable.Range(0, 2 * p).Select(k => k == j ? 1.0 : 0)]);
            b.Add(1);
        }

        double[] c = [.. Enumerable.Range(0, 2 * p).Select(j => (j < p ? (int)sides[row] : -(int)sides[row]) * x[row, j % p])];
        return LinearProgramme.Maximum([.. a], [.. b], c) > 1e-7;
    }

    private static int ScaledRank(Matrix<double> matrix)
    {
        var scaled = matrix.Clone();
        for (var j = 0; j < scaled.ColumnCount; j++)
        {
            var norm = scaled.Column(j).L2Norm();
            scaled.SetColumn(j, norm > 0 ? scaled.Column(j) / norm : scaled.Column(j));
        }

        return scaled.Rank();
    }

    /// <summary>A whole number from a bound up to, but without, another.</summary>
    private static int Whole(RandomStream random, int from, int below) => from + (int)(random.NextUniform() * (below - from));
}
