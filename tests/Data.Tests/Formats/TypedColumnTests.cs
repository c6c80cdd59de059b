using MarginalConditional.Data.Files;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

public sealed class TypedColumnTests
{
    [Fact]
    public void Codes_with_names_are_categories_in_the_order_of_codes()
    {
        var column = Factor(new FileColumn.Numbers([2, 1, double.NaN, 3, 2])
        {
            Labels = new Dictionary<double, string> { [2] = "middle", [1] = "low", [9] = "refused" },
        });
        Assert.Equal(["low", "middle", "3"], column.Levels);
        Assert.Equal([1, 0, -1, 2, 1], column.Codes.ToArray());
        Assert.Equal([2.0, 1, double.NaN, 3, 2], column.AsNumbers().Values.ToArray());
    }

    [Fact]
    public void Two_codes_of_one_name_stay_two()
    {
        var column = Factor(new FileColumn.Numbers([1, 2]) { Labels = new Dictionary<double, string> { [1] = "yes", [2] = "yes" } });
        Assert.Equal(["yes", "yes (2)"], column.Levels);
    }

    [Fact]
    public void A_measurement_of_which_a_few_values_have_names_stays_numbers()
    {
        var numbers = new FileColumn.Numbers([21, 34, 56, 90]) { Labels = new Dictionary<double, string> { [90] = "90 or more" } };
        var column = Assert.IsType<NumericColumn>(TypedColumn.Of("age", null, numbers, new MissingValues([]), false, "trial.dta"));
        Assert.Equal(["age: most of its values have no label, so that it is read as numbers."], column.ReadingNotes);
    }

    [Fact]
    public void Dates_follow_time_and_have_their_days()
    {
        double[] days = [0, -1, 23_436, double.NaN];
        var column = Factor(FileDates.Of(days, FileDates.Sixties, TimeSpan.FromDays(1), hasTime: false)!);
        Assert.Equal(["1959-12-31", "1960-01-01", "2024-03-01"], column.Levels);
        Assert.Equal([-3653.0, -3654, 19783, double.NaN], column.AsNumbers().Values.ToArray());
    }

    [Fact]
    public void Days_before_the_first_year_are_no_dates() =>
        Assert.Null(FileDates.Of([-1e9], FileDates.Sixties, TimeSpan.FromDays(1), hasTime: false));

    [Fact]
    public void An_infinite_number_is_refused() => Assert.Equal(
        "Row 2 holds an infinite number.",
        Assert.Throws<InputException>(() => TypedColumn.Of(
            "x", null, new FileColumn.Numbers([1, double.PositiveInfinity]), new MissingValues([]), false, "trial.parquet")).Message);

    private static FactorColumn Factor(FileColumn column) =>
        Assert.IsType<FactorColumn>(TypedColumn.Of("x", "label", column, new MissingValues([]), false, "trial.dta"));
}
