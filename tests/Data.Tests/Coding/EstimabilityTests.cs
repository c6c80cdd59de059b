using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Data.Tests.Coding;

/// <summary><see cref="Estimability"/> through frames: a cell has a mean just when it, or cells that add up to it, were seen.</summary>
public sealed class EstimabilityTests
{
    private const string Additive = "y ~ f + g";

    [Theory]
    [InlineData("y ~ f * g", "b", "v", false)]
    [InlineData("y ~ f * g", "a", "u", true)]
    [InlineData(Additive, "b", "v", true)]
    [InlineData("y ~ 0 + f:g", "b", "v", false)]
    public void A_cell_that_was_not_seen_has_no_mean_unless_the_model_implies_it(string formula, string f, string g, bool expected)
    {
        var recipe = Frame(formula).Recipe!;
        Assert.Equal(expected, recipe.IsEstimable([("f", f), ("g", g)]));
        Assert.Equal(expected, recipe.MeanWeights([[("f", f), ("g", g)]]) is not null);
        if (!expected)
        {
            Assert.Contains(
                "has no mean for some rows",
                Assert.Throws<InputException>(() => recipe.With([("f", f), ("g", g)])).Message,
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mean_over_cells_needs_all_of_them()
    {
        var recipe = Frame("y ~ f * g").Recipe!;
        Assert.NotNull(recipe.MeanWeights([[("f", "a"), ("g", "u")], [("f", "a"), ("g", "v")]]));
        Assert.Null(recipe.MeanWeights([[("f", "b"), ("g", "u")], [("f", "b"), ("g", "v")]]));
    }

    [Fact]
    public void Columns_are_left_out_in_R_s_order_and_named()
    {
        var frame = Frame("y ~ f * g + I(2 * x) + x");
        Assert.Equal(["(Intercept)", "fb", "gv", "I(2 * x)"], frame.Design.Names);
        Assert.Equal([("x", 4), ("fb:gv", 5)], frame.Design.Aliased.Select(column => (column.Name, column.Position)));
        Assert.Equal("\"x\" equals 0.5 × I(2 * x)", frame.Design.Aliased[0].Relation);
        Assert.Contains(frame.Notes, note => note.StartsWith("2 coefficients are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Strict_requests_refuse() =>
        Assert.Throws<InputException>(() => Frame("y ~ f * g", strict: true));

    [Fact]
    public void Rounding_in_a_relation_does_not_count_where_all_its_columns_are_zero()
    {
        // arm is the sum of the three exposures; period and x leave rounding in the relation.
        var lines = new List<string> { "arm,exposure,period,x,y" };
        for (var row = 0; row < 60; row++)
        {
            var (cluster, period) = (row % 6, 1 + (row / 6 % 4));
            var exposure = Math.Max(0, period - 1 - (cluster % 3));
            lines.Add(FormattableString.Invariant(
                $"{(exposure > 0 ? 1 : 0)},{exposure},{period},{Math.Sin(1.7 * row) / 3},{Math.Cos(2.3 * row)}"));
        }

        var recipe = ModelFrameBuilder.Build(
            Files.Read(string.Join('\n', lines) + "\n"),
            new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + factor(exposure) + factor(period) + x") }).Recipe!;

        Assert.True(recipe.IsEstimable([("arm", "0"), ("exposure", "0")]));
        Assert.True(recipe.IsEstimable([("arm", "1"), ("exposure", "3")]));
        Assert.False(recipe.IsEstimable([("arm", "1"), ("exposure", "0")]));
    }

    private static ModelFrame Frame(string formula, bool strict = false) => ModelFrameBuilder.Build(
        Files.Read("f,g,x,y\na,u,1,1\na,u,3,2\na,v,2,4\na,v,5,3\nb,u,4,7\nb,u,1,5\nb,u,2,6\n"),
        new FrameRequest { Formula = FormulaParser.Parse(formula), RefuseAliased = strict });
}
