using System.Text;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

/// <summary><see cref="ColumnSummary"/>: types, counts and ranges of columns, counted by hand.</summary>
public sealed class ColumnSummaryTests
{
    [Fact]
    public void Numbers_have_their_range_mean_and_what_is_missing()
    {
        var column = Summary("3\n-1\nNA\n3\n0.5");
        Assert.Equal(("number", 1, 3), (column.Type, column.Missing, column.Distinct));
        Assert.Equal((-1.0, 5.5 / 4, 3.0), (column.Minimum, column.Mean, column.Maximum));
        Assert.Empty(column.Levels);
    }

    [Fact]
    public void A_zero_with_a_sign_is_shown_without() =>
        Assert.Equal("0", Summary("-0\n-0\n-2").Maximum!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("b\na\nb", "category")]
    [InlineData("yes\nno\nyes", "category")]
    [InlineData("TRUE\nFALSE\nTRUE", "true or false")]
    [InlineData("true\ntrue\nmaybe", "category")]
    [InlineData("NA\nNA\nNA", "empty")]
    public void Texts_are_told_apart(string values, string type) => Assert.Equal(type, Summary(values).Type);

    [Fact]
    public void Levels_are_counted_in_order_and_those_of_no_row_are_left_out()
    {
        var column = ColumnSummary.Of(
            new FactorColumn("v", [2, 0, 2, -1], ["low", "mid", "high"]), new Dictionary<NumericColumn, ValueDigest>());
        Assert.Equal([new LevelCount("low", 1), new LevelCount("high", 2)], column.Levels);
        Assert.Equal((1, 2), (column.Missing, column.Distinct));
    }

    private static ColumnDescription Summary(string values)
    {
        var data = DatasetReader.Read("data.csv", Encoding.UTF8.GetBytes($"v\n{values}\n"));
        return ColumnSummary.Of(data.Columns[0], ValueDigest.OfAll(data));
    }
}
