using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

public sealed class RoundTicksTests
{
    [Fact]
    public void Numbers_step_by_one_two_or_five() =>
        Assert.Equal(["0", "2", "4", "6", "8", "10"], Labels(0, 10, PictureScale.Number, 6));

    [Fact]
    public void Negative_numbers_have_the_minus_of_tables() =>
        Assert.Equal(["\u22120.5", "0.0", "0.5"], Labels(-0.6, 0.7, PictureScale.Number, 3));

    [Fact]
    public void Ratios_stand_at_round_ratios() =>
        Assert.Equal(["0.1", "0.2", "0.5", "1", "2", "5", "10"], Labels(Math.Log(0.1), Math.Log(10), PictureScale.Ratio, 8));

    [Fact]
    public void Ratios_over_many_decades_stand_at_powers_of_ten() =>
        Assert.Equal(["0.01", "1", "100", "10,000"], Labels(Math.Log(0.002), Math.Log(30_000), PictureScale.Ratio, 5));

    [Fact]
    public void Ratios_near_one_step_evenly() =>
        Assert.Equal(["0.9", "1.0", "1.1", "1.2"], Labels(Math.Log(0.85), Math.Log(1.25), PictureScale.Ratio, 5));

    [Fact]
    public void Proportions_are_shown_in_per_cent() =>
        Assert.Equal(["0\u00A0%", "20\u00A0%", "40\u00A0%"], Labels(0, 0.5, PictureScale.Percent, 3));

    [Theory]
    [InlineData(-1e-9, 1e-9, 0)]
    [InlineData(1e6, 2e9, 0)]
    [InlineData(-700, 700, 2)]
    [InlineData(-0.001, 0.001, 2)]
    public void Every_tick_lies_inside_and_none_is_given_twice(double lower, double upper, int scale)
    {
        for (var most = 2; most < 12; most++)
        {
            var ticks = RoundTicks.Of(lower, upper, (PictureScale)scale, most);
            var slack = 1e-6 * (upper - lower);
            Assert.All(ticks, tick => Assert.InRange(tick.Value, lower - slack, upper + slack));
            Assert.Equal(ticks.Count, ticks.Select(tick => tick.Label).Distinct().Count());
            Assert.InRange(ticks.Count, 1, most + 1);
        }
    }

    [Theory]
    [InlineData(-3e15, 3e15)]
    [InlineData(-1e300, 5)]
    [InlineData(800, 1e9)]
    public void Ratios_of_any_size_end_and_are_numbers(double lower, double upper)
    {
        var ticks = RoundTicks.Of(lower, upper, PictureScale.Ratio, 5);
        Assert.InRange(ticks.Count, 0, 6);
        Assert.All(ticks, tick => Assert.DoesNotContain("\u221E", tick.Label, StringComparison.Ordinal));
    }

    private static string[] Labels(double lower, double upper, PictureScale scale, int most) =>
        [.. RoundTicks.Of(lower, upper, scale, most).Select(tick => tick.Label)];
}
