using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="AxisRange"/>: what an axis shows that is not told to.</summary>
public sealed class AxisRangeTests
{
    private static readonly PictureAxis Free = new("x");

    [Fact]
    public void Every_kind_of_mark_is_in_sight_with_a_margin()
    {
        PictureMark[] marks =
        [
            new PictureMark.Line([new(1, 10), new(2, double.NaN)]), new PictureMark.Dots([new(3, 20)]), new PictureMark.Range(30, 4, 5),
            new PictureMark.Range(6, 40, 50) { IsVertical = true }, new PictureMark.Band([new(7, 60)], [new(8, 70)]),
            new PictureMark.Rule(9), new PictureMark.Rule(80) { IsHorizontal = true }, new PictureMark.Bar(90, 0, 10),
            new PictureMark.Lozenge(100, -1, 0, 11), new PictureMark.Label(new(12, 110), "here"),
        ];
        Assert.Equal(new AxisRange(-1 - (0.04 * 13), 12 + (0.04 * 13)), AxisRange.Of(Free, marks, across: true));
        Assert.Equal(new AxisRange(10 - 4, 110 + 4), AxisRange.Of(Free, marks, across: false));
    }

    [Theory]
    [InlineData(0, -0.5, 0.5)]
    [InlineData(10, 5, 15)]
    [InlineData(-10, -15, -5)]
    public void One_value_stands_in_the_middle(double value, double lower, double upper) => Assert.Equal(
        new AxisRange(lower, upper), AxisRange.Of(Free, [new PictureMark.Dots([new(value, 0)])], across: true));

    [Fact]
    public void Ticks_are_in_sight_and_ends_that_are_given_hold()
    {
        PictureMark[] marks = [new PictureMark.Dots([new(0, 0), new(10, 0)])];
        var ticks = Free with { Ticks = [(20, "far")] };
        Assert.Equal(new AxisRange(-0.8, 20.8), AxisRange.Of(ticks, marks, across: true));
        Assert.Equal(new AxisRange(-0.4, 5), AxisRange.Of(Free with { Maximum = 5 }, marks, across: true));
        Assert.Equal(new AxisRange(50, 51), AxisRange.Of(Free with { Minimum = 50 }, marks, across: true));
    }

    [Fact]
    public void Nothing_to_show_is_an_axis_all_the_same() => Assert.Equal(
        new AxisRange(-0.04, 1.04), AxisRange.Of(Free, [new PictureMark.Dots([new(double.NaN, double.PositiveInfinity)])], across: true));
}
