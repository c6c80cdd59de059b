using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>
/// <see cref="SplineCoding"/>: what holds for its columns whatever their basis; that they are R's is tested by golden numbers.
/// </summary>
public sealed class SplineTermTests
{
    private static readonly double[] Ages = [.. Enumerable.Range(0, 25).Select(i => 20 + ((i * 7) % 25) + (0.1 * i))];

    [Fact]
    public void Natural_splines_are_straight_beyond_the_boundary()
    {
        var recipe = Frame("y ~ ns(x, 4)").Recipe!;
        foreach (var (first, step) in new[] { (50.0, 3.0), (-10.0, 2.0) })
        {
            var (a, b, c) = (Row(recipe, first), Row(recipe, first + step), Row(recipe, first + (2 * step)));
            Assert.All(Enumerable.Range(0, a.Length), j => Assert.Equal(b[j] - a[j], c[j] - b[j], 1e-10));
        }
    }

    [Theory]
    [InlineData("y ~ ns(x, 4) + scale(x)")]
    [InlineData("y ~ bs(x, 5)")]
    [InlineData("y ~ scale(x, scale = FALSE)")]
    public void A_row_that_is_set_has_the_columns_it_had_when_the_knots_were_learned(string formula)
    {
        var frame = Frame(formula.Replace("+ scale(x)", string.Empty, StringComparison.Ordinal));
        for (var i = 0; i < frame.Rows; i++)
        {
            var row = Row(frame.Recipe!, frame.RowOrder[i] < Ages.Length ? Ages[frame.RowOrder[i]] : 0);
            Assert.All(Enumerable.Range(0, row.Length), j => Assert.Equal(frame.Design.Column(j)[i], row[j], 1e-12));
        }
    }

    [Theory]
    [InlineData("ns(x, 0)", "needs df of 1 or more")]
    [InlineData("bs(x, 2)", "needs df of 3 or more")]
    [InlineData("bs(x, degree = 11)", "needs a degree from 1 to 10")]
    [InlineData("ns(x, knots = c(30, 99))", "needs its knots between the boundary knots")]
    [InlineData("ns(x, Boundary.knots = 3)", "needs two boundary knots")]
    [InlineData("ns(x, df = \"a\")", "has to be a whole number")]
    [InlineData("ns(x, dg = 3)", "cannot take \"dg = 3\"")]
    [InlineData("ns(x, 3, 4, FALSE, 5, 6)", "has too many arguments")]
    [InlineData("scale(x, 1, TRUE, 2)", "has too many arguments")]
    [InlineData("scale(I(0 * x))", "has the same value in every row used")]
    [InlineData("log(ns(x, 3))", "cannot stand here")]
    public void What_cannot_be_is_refused(string term, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<InputException>(() => Frame($"y ~ {term}")).ToString(),
            StringComparison.Ordinal);

    private static double[] Row(DesignRecipe recipe, double x)
    {
        var design = recipe.With("x", x.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        return [.. Enumerable.Range(0, design.Columns).Select(j => design.Column(j)[0])];
    }

    private static ModelFrame Frame(string formula)
    {
        var text = "x,y\n" + string.Concat(Ages.Select((age, i) => FormattableString.Invariant($"{age:R},{i % 3}\n")));
        return ModelFrameBuilder.Build(Files.Read(text), new FrameRequest { Formula = FormulaParser.Parse(formula) });
    }
}
