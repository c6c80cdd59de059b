using MarginalConditional.Data.Files;
using MarginalConditional.Data.Files.Excel;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary><see cref="SheetColumn"/>: a column of a sheet is what all its cells are, else text, and says so.</summary>
public sealed class SheetColumnTests
{
    [Fact]
    public void Cells_that_are_all_numbers_or_empty_are_numbers()
    {
        var column = Assert.IsType<FileColumn.Numbers>(Of(1.5, null, 2, "  ", 3L, 4m));
        Assert.Equal([1.5, double.NaN, 2, double.NaN, 3, 4], column.Values);
        Assert.Equal([double.NaN, double.NaN], Assert.IsType<FileColumn.Numbers>(Of(null, string.Empty)).Values);
    }

    [Fact]
    public void Cells_that_are_all_dates_are_dates_with_times_where_one_has_one()
    {
        var (day, noon) = (new DateTime(2024, 2, 29), new DateTime(2024, 3, 1, 12, 0, 0));
        var days = Assert.IsType<FileColumn.Texts>(Of(day, null, day));
        Assert.Equal(["2024-02-29"], days.Levels);
        Assert.Equal([0, -1, 0], days.Codes);
        Assert.Equal([19782], days.Days);
        Assert.Equal(["2024-02-29T00:00:00", "2024-03-01T12:00:00"], Assert.IsType<FileColumn.Texts>(Of(day, noon)).Levels);
    }

    [Fact]
    public void Cells_of_several_types_are_text_and_the_first_of_each_is_named()
    {
        var column = Assert.IsType<FileColumn.Texts>(Of(1.5, "n/a", true, new DateTime(2024, 2, 29), null));
        Assert.Equal(["1.5", "n/a", "TRUE", "2024-02-29"], column.Levels);
        Assert.Equal([0, 1, 2, 3, -1], column.Codes);
        Assert.Equal(
            ["its cells are of several types, such as \"n/a\" (row 3) and 1.5 (row 2), and all are read as text"], column.Notes);
    }

    [Fact]
    public void Texts_and_truth_values_alone_need_no_note()
    {
        Assert.Empty(Of("a", "b", null).Notes);
        var truths = Assert.IsType<FileColumn.Texts>(Of(true, false, true));
        Assert.Equal(["TRUE", "FALSE"], truths.Levels);
        Assert.Empty(truths.Notes);
    }

    /// <summary>A column whose cells stand from row 2 of the sheet on.</summary>
    private static FileColumn Of(params object?[] cells) => SheetColumn.Of(cells, [.. cells.Select((_, i) => i + 2)]);
}
