using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests;

/// <summary><see cref="TableCell"/> and <see cref="PicturePoint"/>: what a number is and what is none.</summary>
public sealed class TableCellTests
{
    [Theory]
    [InlineData(1.5)]
    [InlineData(0.0)]
    [InlineData(double.PositiveInfinity)]
    public void A_number_is_a_number(double number)
    {
        Assert.Equal(new TableCell(null, number), TableCell.FromDouble(number));
        Assert.Equal(TableCell.FromDouble(number), TableCell.FromNullable(number));
    }

    [Fact]
    public void What_is_not_a_number_is_nothing()
    {
        Assert.Equal(default, TableCell.FromDouble(double.NaN));
        Assert.Equal(default, TableCell.FromNullable(null));
        Assert.Equal(default, TableCell.FromNullable(double.NaN));
    }

    [Fact]
    public void A_text_is_a_text_though_it_may_read_as_a_number() => Assert.Equal(new TableCell("1.5", null), TableCell.FromString("1.5"));

    [Theory]
    [InlineData(0.0, 0.0, true)]
    [InlineData(double.NaN, 0.0, false)]
    [InlineData(0.0, double.NegativeInfinity, false)]
    public void A_point_has_a_place_where_both_its_numbers_are_finite(double across, double up, bool isFinite) =>
        Assert.Equal(isFinite, new PicturePoint(across, up).IsFinite);
}
