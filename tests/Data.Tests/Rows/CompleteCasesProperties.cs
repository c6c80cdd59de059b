using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary><see cref="CompleteCases"/> row by row, and what <see cref="NumberRange"/> lets through.</summary>
public sealed class CompleteCasesProperties
{
    [Fact]
    public void Rows_are_those_where_nothing_is_missing_and_nothing_was_left_out()
    {
        var tables = from rows in Gen.Choose(1, 30)
                     from numbers in Gen.Elements(1.5, 0, double.NaN).ArrayOf(rows)
                     from codes in Gen.Elements(0, 1, -1).ArrayOf(rows)
                     from unused in Gen.Elements(double.NaN, 2).ArrayOf(rows)
                     from leftOut in Gen.Elements(false, false, true).ArrayOf(rows)
                     select (numbers, codes, unused, leftOut);
        Prop.ForAll(Arb.From(tables), table =>
        {
            var data = new Dataset(
                "data.csv",
                [
                    new NumericColumn("x", table.numbers), new FactorColumn("g", table.codes, ["a", "b"]),
                    new NumericColumn("other", table.unused),
                ]);
            int[] expected =
            [
                .. Enumerable.Range(0, table.codes.Length)
                    .Where(row => !double.IsNaN(table.numbers[row]) && table.codes[row] >= 0 && !table.leftOut[row]),
            ];
            if (expected.Length == 0)
            {
                var refusal = Assert.Throws<InputException>(() => CompleteCases.Rows(data, ["x", "g"], table.leftOut));
                Assert.Equal("No row is complete in the columns used.", refusal.Message);
            }
            else
            {
                Assert.Equal(expected, CompleteCases.Rows(data, ["x", "g"], table.leftOut));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void A_refusal_names_the_column_that_is_missing_most()
    {
        var data = new Dataset(
            "data.csv", [new NumericColumn("x", [1, double.NaN, 2]), new FactorColumn("g", [-1, 0, -1], ["a"])]);
        var refusal = Assert.Throws<InputException>(() => CompleteCases.Rows(data, ["x", "g"]));
        Assert.Equal("g is missing in 2 of 3 rows. Columns used: x, g.", refusal.Hint);
        var empty = new Dataset("data.csv", [new NumericColumn("x", [double.NaN, double.NaN])]);
        var all = Assert.Throws<InputException>(() => CompleteCases.Rows(empty, ["x"]));
        Assert.StartsWith("x is missing in every row.", all.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_weight_0_are_left_out_unless_all_are()
    {
        var data = new Dataset("data.csv", [new NumericColumn("w", [1, 0, 2, 0]), new NumericColumn("zero", [0, 0, 0, 0])]);
        Assert.Equal([0, 2], CompleteCases.Weighted(data, "w", [0, 1, 2, 3]));
        Assert.Equal([2], CompleteCases.Weighted(data, "w", [1, 2]));
        Assert.Equal([0, 1, 2, 3], CompleteCases.Weighted(data, "zero", [0, 1, 2, 3]));
        int[] rows = [3, 1];
        Assert.Same(rows, CompleteCases.Weighted(data, null, rows));
        Assert.Same(rows, CompleteCases.Weighted(data, "absent", rows));
    }

    [Theory]
    [InlineData(1e61, "large")]
    [InlineData(-1e61, "large")]
    [InlineData(1e-61, "small")]
    [InlineData(1e60, null)]
    [InlineData(1e-59, null)]
    [InlineData(0.0, null)]
    public void Numbers_beyond_the_range_are_refused_with_a_hint_of_units(double largest, string? word)
    {
        double[] values = [0, largest / 3, largest];
        void Require() => NumberRange.Require(values, "dose", NumberRange.OfOutcomes, "data.csv");
        if (word is null)
        {
            Require();
            return;
        }

        var refusal = Assert.Throws<InputException>(Require);
        var power = word == "large" ? "+61" : "-61";
        Assert.Contains($"\"dose\", 1E{power} at most, are too {word}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("another unit", refusal.Hint, StringComparison.Ordinal);
    }
}
