using MarginalConditional.Lmm.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class OwnColumnsTests
{
    private const int R = 3;

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 6)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Rows_are_split_into_what_own_effects_explain_and_what_they_leave(int q, int count)
    {
        var rows = Rows(q, count);
        var (z, r) = (rows.SubMatrix(0, count, 0, q), rows.SubMatrix(0, count, q, R));
        var (columns, left) = Split(rows, q);
        var l = Lower(columns, q);
        var y = Matrix<double>.Build.DenseOfRowMajor(R, q, columns[(q * q)..]);
        Relative.Equal((z.Transpose() * z).ToRowMajorArray(), (l * l.Transpose()).ToRowMajorArray(), 1e-12);
        Relative.Equal((r.Transpose() * z).ToRowMajorArray(), (y * l.Transpose()).ToRowMajorArray(), 1e-12);

        // The residuals of the regression on z, by the pseudoinverse: of fewer rows than effects nothing is left.
        Relative.Equal((r - (z * z.PseudoInverse() * r)).ToRowMajorArray(), left.ToRowMajorArray(), 1e-12);
    }

    /// <summary>An outcome that lies far from zero in a group leaves its residuals with the digits that the outcome has.</summary>
    [Fact]
    public void What_is_left_of_a_large_outcome_has_the_digits_of_the_outcome()
    {
        double[] small = [0.25, -0.5, 0.75, -0.5];
        var rows = Matrix<double>.Build.Dense(4, 4, (i, j) => j switch { 0 => 1, 1 => i - 1.5, 2 => i * i, _ => 1e9 + small[i] });
        var (_, left) = Split(rows, 1);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(small[i], left[i, 2], 6e-7);
        }
    }

    /// <summary>Visits that are all but at one time: the columns that the group makes of its own are orthonormal all the same.</summary>
    [Fact]
    public void Columns_that_nearly_depend_on_each_other_are_orthonormal_in_the_end()
    {
        var rows = Matrix<double>.Build.Dense(6, 4, (i, j) => j switch { 0 => 1, 1 => 1 + (1e-6 * i), 2 => 1e3 + (i % 2), _ => i * i });
        var (columns, scratch) = (new double[4 * 2], new double[4 * 3]);
        OwnColumns.OfRows(rows.ToRowMajorArray(), 2, 2, columns, scratch);
        var (scores, left) = (Matrix<double>.Build.Dense(6, 2), Matrix<double>.Build.Dense(6, 2));
        for (var i = 0; i < 6; i++)
        {
            left.SetRow(i, OwnColumns.Left(rows.Row(i).ToArray(), 2, columns, scratch).ToArray());
            scores.SetRow(i, scratch[..2]);
        }

        var square = scores.Transpose() * scores;
        Assert.Equal(1, square[0, 0], 1e-12);
        Assert.Equal(1, square[1, 1], 1e-8);
        Assert.Equal(0, square[0, 1], 1e-8);
        Assert.All((scores.Transpose() * left).ToRowMajorArray(), product => Assert.Equal(0, product, 1e-6));
    }

    /// <summary>A multiple of the column before, and a column of zeros: L has a zero, and r is not divided by rounding errors.</summary>
    [Fact]
    public void A_column_that_depends_on_those_before_it_explains_nothing()
    {
        var rows = Matrix<double>.Build.Dense(5, 6, (i, j) => j switch { 0 => 1, 1 => 1.0 / 3, 2 => 0, _ => Math.Sin((3 * i) + j) });
        var (columns, _) = Split(rows, 3);
        Assert.Equal([0.0, 0.0], [columns[4], columns[8]]);
        for (var i = 3; i < 6; i++)
        {
            Assert.Equal([0.0, 0.0], columns[((i * 3) + 1)..((i * 3) + 3)]);
        }
    }

    [Fact]
    public void Moments_that_were_summed_apart_are_split_alike()
    {
        const int Q = 2;
        var (first, second) = (Rows(Q, 3), Rows(Q, 4));
        var all = first.Transpose() * first;
        var moments = Matrix<double>.Build.Dense(Q + R, Q + R, (i, j) => i >= j ? all[i, j] : double.NaN);
        var plain = (second.Transpose() * second).SubMatrix(0, Q + R, 0, Q);
        var (columns, parent) = (Enumerable.Repeat(9.0, (Q + R) * Q).ToArray(), Enumerable.Repeat(0.25, R * R).ToArray());
        OwnColumns.Split(moments.ToRowMajorArray(), Q, R, plain.ToRowMajorArray(), columns, parent);
        var l = Lower(columns, Q);
        var y = Matrix<double>.Build.DenseOfRowMajor(R, Q, columns[(Q * Q)..]);
        var sum = all.SubMatrix(0, Q + R, 0, Q) + plain;
        Relative.Equal(sum.SubMatrix(0, Q, 0, Q).ToRowMajorArray(), (l * l.Transpose()).ToRowMajorArray(), 1e-12);
        Relative.Equal(sum.SubMatrix(Q, R, 0, Q).ToRowMajorArray(), (y * l.Transpose()).ToRowMajorArray(), 1e-12);
        var expected = all.SubMatrix(Q, R, Q, R) - (y * y.Transpose()) + 0.25;
        for (var i = 0; i < R; i++)
        {
            for (var j = 0; j < R; j++)
            {
                Assert.Equal(j <= i ? expected[i, j] : 0.25, parent[(i * R) + j], 1e-12);
            }
        }
    }

    private static Matrix<double> Rows(int q, int count)
    {
        var numbers = new Numbers((ulong)((10 * q) + count));
        return Matrix<double>.Build.Dense(count, q + R, (_, _) => numbers.Normal());
    }

    private static (double[] Columns, Matrix<double> Left) Split(Matrix<double> rows, int q)
    {
        var r = rows.ColumnCount - q;
        var (columns, scratch) = (new double[(q + r) * q], new double[(q + r) * (q + 1)]);
        OwnColumns.OfRows(rows.ToRowMajorArray(), q, r, columns, scratch);
        var left = Matrix<double>.Build.Dense(rows.RowCount, r);
        for (var i = 0; i < rows.RowCount; i++)
        {
            left.SetRow(i, OwnColumns.Left(rows.Row(i).ToArray(), q, columns, scratch).ToArray());
        }

        return (columns, left);
    }

    private static Matrix<double> Lower(double[] columns, int q) =>
        Matrix<double>.Build.Dense(q, q, (i, j) => i >= j ? columns[(i * q) + j] : 0);
}
