using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary>ExpressionSlope and the slopes of codings against central differences of the rows of a <see cref="ReferenceGrid"/>.</summary>
public sealed class ExpressionSlopeTests
{
    private static readonly Dataset Table = Make();

    [Theory]
    [InlineData("y ~ x + I(x^2) + I(x^3 / 7) + I(2^x)")]
    [InlineData("y ~ log(x) + log2(x) + log10(x + 1) + log1p(x) + sqrt(x)")]
    [InlineData("y ~ exp(x / 3) + expm1(x / 5) + sin(x) + cos(2 * x) + tan(x / 4)")]
    [InlineData("y ~ abs(x - 9) + pmin(x, 1) + pmax(x - 2, 0) + I(z / x) + I(x * z) + I(-(x - z))")]
    [InlineData("y ~ poly(x, 3) * a")]
    [InlineData("y ~ ns(x, 4) + z:x + bs(log(x), df = 5)")]
    [InlineData("y ~ scale(x):a + I(x > 2) + x:z:a")]
    public void Slopes_equal_differences(string formula)
    {
        var frame = ModelFrameBuilder.Build(Table, new FrameRequest { Formula = FormulaParser.Parse(formula) });
        const double Step = 1e-5;
        foreach (var at in new[] { 0.7, 2.3, 4.1 })
        {
            var slopes = Grid(frame, at).Slopes("x");
            var (above, below) = (Grid(frame, at + Step), Grid(frame, at - Step));
            for (var cell = 0; cell < slopes.Count; cell++)
            {
                var (up, down) = (above.Row(cell), below.Row(cell));
                for (var j = 0; j < up.Length; j++)
                {
                    var difference = (up[j] - down[j]) / (2 * Step);
                    Assert.True(Math.Abs(difference - slopes[cell][j]) <= 1e-7 * Math.Max(1, Math.Abs(difference)));
                }
            }
        }
    }

    private static ReferenceGrid Grid(ModelFrame frame, double x)
    {
        var recipe = frame.Recipe!;
        return ReferenceGrid.Of(recipe, [.. recipe.GridVariables.Select(name => name == "x"
            ? recipe.AxisAt("x", [x.ToString("R", System.Globalization.CultureInfo.InvariantCulture)])
            : recipe.AxisOf(name))]);
    }

    private static Dataset Make()
    {
        const int Rows = 60;
        var (x, y, z) = (new double[Rows], new double[Rows], new double[Rows]);
        for (var i = 0; i < Rows; i++)
        {
            (x[i], y[i], z[i]) = (0.5 + (4.5 * i / (Rows - 1)), Math.Sin(3.7 * i), Math.Cos(1.3 * i));
        }

        return new Dataset(
            "made",
            [
                new NumericColumn("x", x), new NumericColumn("y", y), new NumericColumn("z", z),
                new FactorColumn("a", [.. Enumerable.Range(0, Rows).Select(i => i % 3)], ["p", "q", "r"]),
            ]);
    }
}
