using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>What the fixed part of a cumulative model separates, from rows in which one sees it.</summary>
public sealed class OrdinalStartTests
{
    /// <summary>
    /// Twelve outcomes of three categories: in the order of x, in it but for one that lies among those of the next category, and in it
    /// with ties.
    /// </summary>
    [Theory]
    [InlineData("1,1,1,1,2,2,2,2,3,3,3,3", true)]
    [InlineData("3,3,3,3,2,2,2,2,1,1,1,1", true)]
    [InlineData("1,1,1,2,1,2,2,2,3,3,3,3", false)]
    [InlineData("1,2,3,1,2,3,1,2,3,1,2,3", false)]
    [InlineData("1,1,1,1,1,1,1,1,1,1,2,3", true)]
    [InlineData("1,1,1,1,1,1,1,1,1,2,1,3", false)]
    public void Outcomes_in_the_order_of_a_covariate_are_separated(string outcomes, bool separated)
    {
        var found = Start(outcomes).Separated();
        Assert.Equal(separated, found is not null);
        if (found is not null)
        {
            var rising = outcomes[0] == '1';
            Assert.Equal(rising ? double.PositiveInfinity : double.NegativeInfinity, found.Limits[2]);
        }
    }

    /// <summary>
    /// The last row alone has x = 1: whether it is of the last category, of the first or between, its slope has no estimate or one, while
    /// sixty others tell the thresholds.
    /// </summary>
    [Theory]
    [InlineData(3, double.PositiveInfinity)]
    [InlineData(1, double.NegativeInfinity)]
    [InlineData(2, 0)]
    public void A_row_of_its_own_is_separated_where_its_category_is_the_last(int category, double limit)
    {
        var found = Start(string.Concat(Enumerable.Repeat("1,2,3,", 20)) + category, group: 1).Separated();
        Assert.Equal(limit, found is null ? 0 : found.Limits[2]);
    }

    /// <summary>However little a penalty holds, the estimates under it are finite.</summary>
    [Theory]
    [InlineData(2.5)]
    [InlineData(1e4)]
    public void Under_a_penalty_nothing_is_separated(double scale) =>
        Assert.Null(Start("1,1,1,1,2,2,2,2,3,3,3,3", scale).Separated());

    /// <summary>By hand: without slopes F(θ) are the cumulative frequencies, here 1/2 and 3/4 of four outcomes.</summary>
    [Fact]
    public void Without_slopes_the_thresholds_are_the_frequencies()
    {
        var start = new OrdinalStart(Model("1,1,2,3", "y ~ 1 + (1 | g)", null));
        Assert.Equal(0, start.Parameters[0], 1e-8);
        Assert.Equal(Math.Log(3), start.Parameters[1], 1e-8);
    }

    private static OrdinalStart Start(string outcomes, double? penalty = null, int group = 0) =>
        new(Model(outcomes, "y ~ x + (1 | g)", penalty, group));

    /// <summary>Rows in the order of x, or with x = 1 in the last ones and 0 in the others.</summary>
    private static OrdinalModel Model(string outcomes, string formula, double? penalty, int group = 0)
    {
        var codes = outcomes.Split(',');
        var rows = codes.Select((y, i) => $"{y},{(group == 0 ? i : i < codes.Length - group ? 0 : 1)},{i % 3}");
        var data = DatasetReader.Read("made", Encoding.UTF8.GetBytes("y,x,g\n" + string.Join('\n', rows) + "\n"));
        var request = new FrameRequest { Formula = FormulaParser.Parse(formula), HasOrderedOutcome = true };
        return new OrdinalModel(ModelFrameBuilder.Build(data, request), new OrdinalGlmmOptions { PenaltyScale = penalty });
    }
}
