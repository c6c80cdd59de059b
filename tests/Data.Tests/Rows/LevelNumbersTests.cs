using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary><see cref="LevelNumbers"/>: where dates and codes with names are numbers, and where they keep their levels.</summary>
public sealed class LevelNumbersTests
{
    private static readonly Dataset Table = new(
        "data.csv",
        [
            new NumericColumn("y", [1, 2, 3, 4]),
            new FactorColumn("day", [0, 1, 1, -1], ["1970-01-02", "1970-01-11"]) { Numbers = [1, 10], IsDate = true },
            new FactorColumn("sex", [1, 0, 1, 0], ["female", "male"]) { Numbers = [2, 5] },
            FactorColumn.Of("plain", ["b", "a", "b", "a"]),
        ]);

    [Theory]
    [InlineData("y ~ day", true)]
    [InlineData("y ~ day * plain", true)]
    [InlineData("y ~ I(day / 7)", true)]
    [InlineData("y ~ poly(day, 1)", true)]
    [InlineData("y ~ plain + (day | plain)", true)]
    [InlineData("y ~ plain + offset(day)", true)]
    [InlineData("day ~ plain", true)]
    [InlineData("y ~ factor(day)", false)]
    [InlineData("y ~ plain + (1 | day)", false)]
    [InlineData("y ~ plain", false)]
    public void A_date_is_its_days_where_a_formula_needs_a_number(string formula, bool isNumber)
    {
        var notes = new List<string>();
        var column = LevelNumbers.Apply(Table, Request(formula), notes).Find("day");
        Assert.Equal(isNumber, column is NumericColumn);
        Assert.Equal(isNumber ? ["day holds dates and enters as days since 1970-01-01."] : [], notes);
        if (column is NumericColumn numbers)
        {
            Assert.Equal([1, 10, 10, double.NaN], numbers.Values.ToArray());
        }
    }

    [Theory]
    [InlineData("y ~ sex", false)]
    [InlineData("y ~ sex:plain", false)]
    [InlineData("y ~ factor(sex)", false)]
    [InlineData("y ~ log(sex)", true)]
    [InlineData("sex ~ plain", true)]
    [InlineData("y ~ plain + offset(sex)", true)]
    public void A_code_with_a_name_is_a_category_as_it_stands_and_a_number_in_computations(string formula, bool isNumber)
    {
        var notes = new List<string>();
        var column = LevelNumbers.Apply(Table, Request(formula), notes).Find("sex");
        Assert.Equal(isNumber, column is NumericColumn);
        Assert.Empty(notes);
        if (column is NumericColumn numbers)
        {
            Assert.Equal([5, 2, 5, 2], numbers.Values.ToArray());
        }
    }

    [Fact]
    public void What_the_user_calls_a_category_keeps_its_levels_and_weights_are_numbers()
    {
        Assert.IsType<FactorColumn>(LevelNumbers.Apply(Table, Request("y ~ day") with { Factors = ["day"] }).Find("day"));
        Assert.IsType<FactorColumn>(LevelNumbers.Apply(Table, Request("y ~ plain") with { Cluster = "day" }).Find("day"));
        Assert.IsType<NumericColumn>(LevelNumbers.Apply(Table, Request("y ~ plain") with { Weights = "sex" }).Find("sex"));
        Assert.IsType<FactorColumn>(LevelNumbers.Apply(Table, Request("sex ~ plain") with { Event = "male" }).Find("sex"));
    }

    [Fact]
    public void A_table_without_such_columns_is_left_as_it_is()
    {
        var table = new Dataset("data.csv", [new NumericColumn("y", [1, 2]), FactorColumn.Of("plain", ["a", "b"])]);
        Assert.Same(table, LevelNumbers.Apply(table, Request("y ~ plain")));
    }

    private static FrameRequest Request(string formula) => new() { Formula = FormulaParser.Parse(formula) };
}
