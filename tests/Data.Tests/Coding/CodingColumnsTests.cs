using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary><see cref="PolynomialCoding"/>, <see cref="ScaleCoding"/> and <see cref="CategoricalCoding"/> by what they promise.</summary>
public sealed class CodingColumnsTests
{
    private static readonly double[] X = [0.5, 1, 1, 2, 3.5, 7, 11, 11.25];

    [Fact]
    public void Polynomials_are_orthonormal_orthogonal_to_one_and_lead_upwards()
    {
        var columns = Columns(new PolynomialCoding(Call("poly(x, 4)"), Table(X)), Table(X), 4);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(0, columns[i].Sum(), 1e-12);
            for (var j = 0; j <= i; j++)
            {
                Assert.Equal(i == j ? 1 : 0, columns[i].Zip(columns[j], (one, other) => one * other).Sum(), 1e-11);
            }

            Assert.True(columns[i][^1] > 0);
        }

        // The first is the number less its mean, divided by the root of its sum of squares.
        var mean = X.Average();
        var root = Math.Sqrt(X.Sum(x => (x - mean) * (x - mean)));
        Assert.All(X.Zip(columns[0]), pair => Assert.Equal((pair.First - mean) / root, pair.Second, 1e-13));
    }

    [Fact]
    public void Other_data_get_the_polynomials_that_were_learned()
    {
        var coding = new PolynomialCoding(Call("poly(x, 3)"), Table(X));
        double[] grid = [.. Enumerable.Range(0, 9).Select(k => k * 1.25)];
        var table = Table(grid);
        foreach (var (column, degree) in Columns(coding, table, 3).Select((column, j) => (column, j + 1)))
        {
            // Differences of one order more than the degree vanish on an even grid; those of the degree do not.
            Assert.All(Differences(column, degree + 1), difference => Assert.Equal(0, difference, 1e-11));
            Assert.All(Differences(column, degree), difference => Assert.True(difference > 1e-6));
        }

        var learned = Columns(coding, Table(X), 3);
        Assert.Equal(learned[2][5], Columns(coding, Table([7.0]), 3)[2][0], 1e-13);
        Assert.Equal(["poly(x, 3)1", "poly(x, 3)2", "poly(x, 3)3"], coding.Names(full: false));
        Assert.Equal(["poly(x, 1)"], new PolynomialCoding(Call("poly(x, 1)"), Table(X)).Names(full: false));
    }

    [Fact]
    public void Too_few_values_for_a_degree_are_refused() => Assert.Contains(
        "needs more than 3 distinct values of x",
        Assert.Throws<InputException>(() => new PolynomialCoding(Call("poly(x, 3)"), Table([1, 2, 3, 2]))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("scale(x)", true, true)]
    [InlineData("scale(x, scale = FALSE)", true, false)]
    [InlineData("scale(x, FALSE)", false, true)]
    [InlineData("scale(x, FALSE, FALSE)", false, false)]
    public void Scaled_numbers_have_mean_0_and_mean_square_1_where_asked_for(string text, bool centred, bool scaled)
    {
        var column = Columns(new ScaleCoding(Call(text), Table(X)), Table(X), 1)[0];
        if (centred)
        {
            Assert.Equal(0, column.Average(), 1e-13);
        }

        if (scaled)
        {
            Assert.Equal(1, column.Sum(value => value * value) / (X.Length - 1), 1e-13);
        }

        // Either way it is a straight line of x: ratios of differences stay.
        Assert.Equal((X[7] - X[0]) / (X[4] - X[3]), (column[7] - column[0]) / (column[4] - column[3]), 1e-10);
        Assert.Equal(!centred && !scaled, column.SequenceEqual(X));
    }

    [Fact]
    public void Given_centre_and_divisor_are_taken_and_kept_for_other_data()
    {
        var coding = new ScaleCoding(Call("scale(x, 3, 4)"), Table(X));
        Assert.Equal([-0.5, 0.25], Columns(coding, Table([1.0, 4]), 1)[0]);
        var learned = new ScaleCoding(Call("scale(x)"), Table(X));
        Assert.Equal(Columns(learned, Table(X), 1)[0][5], Columns(learned, Table([7.0]), 1)[0][0]);
        Assert.Contains("divides by 0", Assert.Throws<InputException>(() => new ScaleCoding(Call("scale(x)"), Table([2.0, 2]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_has_one_level_among_all_and_none_where_it_is_the_reference()
    {
        var table = new FrameTable(
            new Dataset("data.csv", [FactorColumn.Of("g", ["b", "a", "c", "a"]), new NumericColumn("n", [4, 2, 2, 9])]),
            [0, 1, 2, 3],
            ["g", "n"]);
        var texts = new CategoricalCoding("g", "g", ["c", "a", "b"], []);
        var numbers = new CategoricalCoding("factor(n)", "n", ["2", "4", "9"], [2, 4, 9]);
        Assert.Equal(["ga", "gb"], texts.Names(full: false));
        Assert.Equal(["factor(n)2", "factor(n)4", "factor(n)9"], numbers.Names(full: true));
        Assert.Equal([2, 1, 0, 1], texts.Codes(table));
        Assert.Equal([1, 0, 0, 2], numbers.Codes(table));
        foreach (var coding in (CategoricalCoding[])[texts, numbers])
        {
            var full = Filled(coding, table, full: true);
            Assert.All(Enumerable.Range(0, 4), row => Assert.Equal(1, full.Sum(column => column[row])));
            Assert.All(coding.Codes(table).Select((code, row) => (code, row)), pair => Assert.Equal(1, full[pair.code][pair.row]));
            Assert.Equal(full.Skip(1), Filled(coding, table, full: false));
            Assert.Equal(
                [(coding.Names(true)[0], 1), (coding.Names(true)[1], 2)],
                Enumerable.Range(0, 2).Select(j => (coding.Names(true)[j], coding.Part(j, full: false).Place)));
        }
    }

    [Fact]
    public void A_level_that_is_not_there_is_nobodys_and_cannot_be_asked_for()
    {
        var coding = new CategoricalCoding("g", "g", ["low", "high"], []);
        var other = new FrameTable(new Dataset("data.csv", [FactorColumn.Of("g", ["high", "middle"])]), [0, 1], ["g"]);
        Assert.Equal([1, -1], coding.Codes(other));
        Assert.Equal([[0, 0], [1, 0]], Filled(coding, other, full: true));
        Assert.Equal([0, 0, 0], ((FactorColumn)coding.Constant("high", 3)).Codes.ToArray());
        var refusal = Assert.Throws<InputException>(() => coding.Constant("hihg", 1));
        Assert.Contains("has no level \"hihg\"", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("Levels: low, high.", refusal.Hint);
        var numbers = new CategoricalCoding("factor(n)", "n", ["2", "4"], [2, 4]);
        Assert.Equal([4, 4], ((NumericColumn)numbers.Constant("4", 2)).Values.ToArray());
        Assert.Equal([4, 2, 4], ((NumericColumn)numbers.Values(["2", "4"], [1, 0, 1])).Values.ToArray());
    }

    private static double[] Differences(double[] values, int order) => order == 0
        ? values
        : Differences([.. values.Zip(values.Skip(1), (one, next) => next - one)], order - 1);

    private static double[][] Filled(CategoricalCoding coding, FrameTable table, bool full) =>
        [.. coding.Names(full).Select((_, j) => Filled(coding, table, full, j))];

    private static double[][] Columns(VariableCoding coding, FrameTable table, int count) =>
        [.. Enumerable.Range(0, count).Select(j => Filled(coding, table, full: false, j))];

    private static double[] Filled(VariableCoding coding, FrameTable table, bool full, int column)
    {
        var values = new double[table.Rows];
        coding.Fill(table, full, column, values);
        return values;
    }

    private static Expression.Call Call(string text) =>
        Assert.IsType<Expression.Call>(FormulaParser.Parse($"y ~ {text}").Terms.SelectMany(term => term.Factors).Single());

    private static FrameTable Table(double[] x) =>
        new(new Dataset("data.csv", [new NumericColumn("x", x)]), [.. Enumerable.Range(0, x.Length)], ["x"]);
}
