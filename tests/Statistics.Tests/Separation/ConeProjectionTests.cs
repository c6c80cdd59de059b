using MarginalConditional.Statistics.Random;
using MarginalConditional.Statistics.Separation;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Statistics.Tests.Separation;

/// <summary>
/// The projection Σbᵢ + Σaᵢbᵢ onto the cone bᵢᵀδ ≥ 0 against all sets of rows that may have aᵢ &gt; 0, and orthonormal rows against their
/// design.
/// </summary>
public sealed class ConeProjectionTests
{
    [Fact]
    public void The_projection_is_that_of_the_one_set_of_rows_whose_conditions_hold()
    {
        var random = new RandomStream(41, 1, 0);
        var (empty, found) = (0, 0);
        for (var trial = 0; trial < 250; trial++)
        {
            var d = 1 + (trial % 4);
            var m = d + 1 + (trial % 3);

            // Small whole numbers have rows that repeat each other, opposite ones and empty ones.
            double Entry() => trial % 2 == 0 ? random.NextNormal() : Math.Floor(4 * random.NextUniform()) - 1;
            var x = Matrix<double>.Build.Dense(m, d, (_, _) => Entry());
            if (x.Rank() < d)
            {
                continue;
            }

            var rows = x * (x.TransposeThisAndMultiply(x)).Cholesky().Factor.Transpose().Inverse();
            var projection = ConeProjection.Of(rows.ToRowMajorArray(), d);
            var expected = Brute(rows);
            if (expected.L2Norm() < 1e-6)
            {
                Assert.Null(projection);
                empty++;
                continue;
            }

            Assert.NotNull(projection);
            Assert.Equal(0, (Vector<double>.Build.Dense(projection) - expected).L2Norm(), 1e-9);
            found++;
        }

        Assert.True(empty > 20 && found > 50, $"{empty} {found}");
    }

    /// <summary>
    /// Many rows of many columns, whose sets change on the way: all conditions hold, and what was added to the sum is a positive sum
    /// of the rows whose condition holds with nothing to spare. Every other cone has a direction by construction.
    /// </summary>
    [Fact]
    public void The_projection_of_many_rows_adds_positive_shares_of_rows_at_a_right_angle()
    {
        var random = new RandomStream(43, 1, 0);
        var (found, largest) = (0, 0);
        for (var trial = 0; trial < 150; trial++)
        {
            var (d, m) = (5 + (trial % 10), 20 + (8 * (trial % 29)));
            var x = Matrix<double>.Build.Dense(m, d, (_, _) => Math.Pow(random.NextNormal(), 3));
            var side = x * Vector<double>.Build.Dense(d, _ => random.NextNormal());
            if (trial % 2 == 0)
            {
                x.MapIndexedInplace((i, _, value) => side[i] < 0 ? -value : value);
            }

            var rows = x * x.TransposeThisAndMultiply(x).Cholesky().Factor.Transpose().Inverse();
            if (ConeProjection.Of(rows.ToRowMajorArray(), d) is not { } values)
            {
                Assert.NotEqual(0, trial % 2);
                continue;
            }

            var projection = Vector<double>.Build.Dense(values);
            var sides = rows * projection;
            Assert.All(sides, one => Assert.True(one > -1e-9));
            int[] tight = [.. Enumerable.Range(0, m).Where(i => sides[i] < 1e-9)];
            var added = projection - rows.ColumnSums();
            if (tight.Length > 0)
            {
                var chosen = Matrix<double>.Build.DenseOfColumnVectors(tight.Select(rows.Row));
                var shares = chosen.QR().Solve(added);
                Assert.All(shares, share => Assert.True(share > -1e-9));
                added -= chosen * shares;
            }

            Assert.Equal(0, added.L2Norm(), 1e-9);
            found++;
            largest = Math.Max(largest, tight.Length);
        }

        Assert.True(found is >= 75 and < 150 && largest > 4, $"{found} {largest}");
    }

    [Fact]
    public void OrthonormalRows_drop_columns_of_nothing_and_repetitions_and_give_the_design_back()
    {
        double[] one = [1, 1, 1, 1], time = [0, 1, 2, 4], zero = [0, 0, 0, 0], sum = [2, 3, 4, 6];
        var rows = new OrthonormalRows([.. one, .. zero, .. time, .. sum], 4, [0, 1, 2, 3], [1, 0, 4, 6]);
        Assert.Equal([0, 2], rows.Kept);
        var q = Matrix<double>.Build.DenseOfRowMajor(4, 2, rows.RowMajor());
        Assert.Equal(0, (q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(2)).FrobeniusNorm(), 1e-14);
        var direction = rows.Direction([0.7, -1.3]);
        var image = q * Vector<double>.Build.Dense([0.7, -1.3]);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(image[i], direction[0] + (direction[2] * time[i]), 1e-13);
        }

        Assert.Empty(new OrthonormalRows([], 0, [], []).Kept);
    }

    private static Vector<double> Brute(Matrix<double> rows)
    {
        var target = rows.ColumnSums();
        for (var set = 0; set < 1 << rows.RowCount; set++)
        {
            int[] active = [.. Enumerable.Range(0, rows.RowCount).Where(i => (set & (1 << i)) != 0)];
            var candidate = target;
            var positive = true;
            if (active.Length > 0)
            {
                var chosen = Matrix<double>.Build.DenseOfRowVectors(active.Select(rows.Row));
                if (active.Length > rows.ColumnCount || chosen.Rank() < active.Length)
                {
                    continue;
                }

                var weights = (chosen * chosen.Transpose()).Solve(-(chosen * target));
                positive = weights.All(weight => weight >= 0);
                candidate = target + (chosen.Transpose() * weights);
            }

            if (positive && (rows * candidate).All(side => side >= -1e-9))
            {
                return candidate;
            }
        }

        throw new InvalidOperationException("Every cone has a projection.");
    }
}
