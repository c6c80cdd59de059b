using System.Globalization;
using System.Text;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>
/// Columns of splines are what splines are: polynomials between the knots, smooth at them, and natural ones straight outside.
/// </summary>
public sealed class SplineCodingTests
{
    private const double Step = 0.01;

    // Sorted squares, so that quantiles are not equidistant; with three knots the quartiles of type 7.
    private static readonly double[] Learned = [.. Enumerable.Range(0, 21).Select(k => k * k / 40.0)];
    private static readonly double[] Knots = [25 / 40.0, 100 / 40.0, 225 / 40.0];

    [Theory]
    [InlineData("ns(x, df = 4)", 4)]
    [InlineData("bs(x, df = 6)", 6)]
    [InlineData("bs(x, df = 7, intercept = TRUE)", 7)]
    public void Columns_are_cubic_between_the_quartiles_and_twice_smooth_at_them(string text, int count)
    {
        var columns = Columns(text, 0, 10);
        Assert.Equal(count, columns.Length);
        foreach (var column in columns)
        {
            for (var i = 4; i < column.Length; i++)
            {
                // The fourth difference of a cubic is 0; where the window holds a knot the third derivative jumps.
                var (from, to) = ((i - 4) * Step, i * Step);
                var fourth = column[i] - (4 * column[i - 1]) + (6 * column[i - 2]) - (4 * column[i - 3]) + column[i - 4];
                var jumps = Array.Exists(Knots, knot => knot > from - 1e-9 && knot < to + 1e-9);
                Assert.True(Math.Abs(fourth) < (jumps ? 100 * Step * Step * Step : 1e-12), $"{text} at {to}: {fourth}");
            }
        }

        Assert.All(Knots, knot => Assert.Contains(columns, column =>
        {
            var at = (int)Math.Round(knot / Step);
            return Math.Abs(column[at - 2] - (4 * column[at - 1]) + (6 * column[at]) - (4 * column[at + 1]) + column[at + 2]) > 1e-9;
        }));
    }

    [Fact]
    public void Natural_splines_are_straight_outside_and_begin_to_be_so_at_the_boundary()
    {
        foreach (var column in Columns("ns(x, df = 4)", -2, 13))
        {
            for (var i = 1; i < column.Length - 1; i++)
            {
                var x = -2 + (i * Step);
                var bend = (column[i - 1] - (2 * column[i]) + column[i + 1]) / (Step * Step);
                if (x < -1e-9 || x > 10 + 1e-9)
                {
                    Assert.Equal(0, bend, 1e-8);
                }
                else if (x < 2 * Step || x > 10 - (2 * Step))
                {
                    Assert.Equal(0, bend, 0.2);
                }
            }
        }
    }

    [Fact]
    public void All_B_splines_add_up_to_one_and_none_is_negative()
    {
        var columns = Columns("bs(x, df = 7, intercept = TRUE)", 0, 10);
        for (var i = 0; i < columns[0].Length; i++)
        {
            Assert.Equal(1, columns.Sum(column => column[i]), 1e-13);
            Assert.All(columns, column => Assert.True(column[i] >= -1e-15));
        }
    }

    private static double[][] Columns(string text, double from, double to)
    {
        var coding = new SplineCoding((Expression.Call)FormulaParser.Parse($"y ~ {text}").Terms[0].Factors[0], Table(Learned));
        var points = Table([.. Enumerable.Range(0, (int)Math.Round((to - from) / Step) + 1).Select(k => Math.Round(from + (k * Step), 8))]);
        return [.. Enumerable.Range(0, coding.Names(full: false).Count).Select(column =>
        {
            var values = new double[points.Rows];
            coding.Fill(points, full: false, column, values);
            return values;
        })];
    }

    private static FrameTable Table(double[] x)
    {
        var text = new StringBuilder("x,id\n");
        for (var i = 0; i < x.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{x[i]:R},{i}\n");
        }

        var data = DatasetReader.Read("points.csv", Encoding.UTF8.GetBytes(text.ToString()));
        return new FrameTable(data, [.. Enumerable.Range(0, data.Rows)], data.Header);
    }
}
