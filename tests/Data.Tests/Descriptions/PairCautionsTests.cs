using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

public sealed class PairCautionsTests
{
    [Fact]
    public void Events_of_a_total_are_named_once_with_how_to_write_them()
    {
        var note = Assert.Single(Notes(("died", [0, 2, 3, 1]), ("size", [4, 2, 9, 7])));
        Assert.Contains("died is never above size", note, StringComparison.Ordinal);
        Assert.Contains("died / size", note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 0, 1, 1, 0 }, new double[] { 4, 2, 9, 7 })]
    [InlineData(new double[] { 0, 2, 3, 8 }, new double[] { 4, 2, 9, 7 })]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 1, 2, 3, 4 })]
    [InlineData(new double[] { 0.5, 2, 3, 1 }, new double[] { 4, 2, 9, 7 })]
    [InlineData(new double[] { 0, 2, 3, 1 }, new double[] { 3, 4, 5, 6 })]
    public void An_outcome_of_zeros_and_ones_a_contradiction_a_copy_parts_and_numbers_of_rows_are_none(double[] events, double[] total) =>
        Assert.Empty(Notes(("died", events), ("size", total)));

    /// <summary>
    /// Columns without a telling name: the chance that rows put together anew would agree as well, over all pairs of values one by one.
    /// </summary>
    [Fact]
    public void Columns_of_other_names_are_held_against_chance()
    {
        var told = 0;
        for (var seed = 1; seed <= 40; seed++)
        {
            var rows = 10 + (seed % 37 * 2);
            double[] high = [.. Enumerable.Range(0, rows).Select(i => 13.0 + ((i * (seed + 6) * 7) % 23))];
            double[] low = [.. high.Select((value, i) => Math.Floor(value * ((i * 5 * seed) % 11) / 11.0))];
            var agreeing = high.Sum(total => low.Count(events => events <= total));
            var known = high.Zip(low).GroupBy(pair => pair.First).ToArray();
            var isName = known.Length < rows && known.All(group => group.Select(pair => pair.Second).Distinct().Count() == 1);
            var isOne = low.Max() > 1 && low.Max() > low.Min() && !isName && high.Max() - high.Min() != rows - 1
                && Math.Pow(agreeing / (double)(rows * rows), rows) < 0.01;
            Assert.Equal(isOne, Notes(("low", low), ("high", high)).Any(note => note.Contains("never above", StringComparison.Ordinal)));
            told += isOne ? 1 : 0;
        }

        Assert.InRange(told, 5, 35);
    }

    [Theory]
    [InlineData("expo", new[] { 0.5, 0, 12.25 }, "where it is 0 (one row)")]
    [InlineData("person_years", new[] { 0.5, 1, 12.25 }, "--offset \"log(person_years)\", not person_years.")]
    [InlineData("exposure", new double[] { 0, 1, 2, 3 }, null)]
    [InlineData("time", new[] { 0.5, 1, 12.25 }, null)]
    [InlineData("expo", new[] { -0.5, 1, 12.25 }, null)]
    public void A_column_named_as_an_exposure_wants_its_logarithm(string name, double[] values, string? expected)
    {
        var notes = Notes((name, values));
        if (expected is null)
        {
            Assert.Empty(notes);
        }
        else
        {
            Assert.Contains(expected, Assert.Single(notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_third_at_one_end_leaves_no_place_for_knots()
    {
        Assert.Contains("knots = c(...)", Assert.Single(Notes(("dose", [0, 0, 0, 0, 0.5, 1.5, 2.5, 3.5, 4.5]))), StringComparison.Ordinal);
        Assert.Empty(Notes(("dose", [0, 0, 0.25, 0.75, 0.5, 1.5, 2.5, 3.5, 4.5])));
        Assert.Empty(Notes(("count", [0, 0, 0, 0, 1, 2, 3, 4, 5])));
    }

    private static IEnumerable<string> Notes(params (string Name, double[] Values)[] columns)
    {
        var data = new Dataset("a.csv", [.. columns.Select(column => new NumericColumn(column.Name, column.Values))]);
        return PairCautions.Of(data, [], ValueDigest.OfAll(data));
    }
}
