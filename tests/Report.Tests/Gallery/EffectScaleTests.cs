using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="EffectScale"/>: how effects are written, and what an axis of them shows.</summary>
public sealed class EffectScaleTests
{
    private static readonly EffectScale Odds = new("Odds ratio", true);

    [Fact]
    public void A_ratio_is_the_exponential_with_its_interval()
    {
        Assert.Equal("0.50 (0.25\u20131.00)", Odds.Text(Math.Log(0.5), Math.Log(0.25), 0));
        Assert.Equal("0.50", Odds.Text(Math.Log(0.5), double.NaN, double.NaN));
        Assert.Equal("Odds ratio (95 % CI)", Odds.Heading(0.95));
        Assert.Equal("1", Odds.NoEffect);
    }

    [Theory]
    [InlineData(0.04, "0.123 (\u22120.500 to 0.700)")]
    [InlineData(4.0, "0.1 (\u22120.5 to 0.7)")]
    [InlineData(4000.0, "0 (0\u20131)")]
    [InlineData(double.NaN, "0.123 (\u22120.500 to 0.700)")]
    public void A_difference_has_the_decimals_of_its_error(double error, string text) =>
        Assert.Equal(text, EffectScale.Difference("Effect", [error, -1, 0]).Text(0.1234, -0.5, 0.7));

    [Fact]
    public void Large_effects_have_no_decimals() => Assert.Equal("1.23e+7", new EffectScale("Effect", false).Text(12_345_678));

    [Fact]
    public void An_axis_shows_estimates_in_full_and_cuts_what_dwarfs_them()
    {
        var axis = Odds.Covering([-1, 1], [(-2, 0), (0, 2), (-500, 500)]);
        Assert.InRange(axis.Minimum!.Value, -10, -2);
        Assert.InRange(axis.Maximum!.Value, 2, 10);
        Assert.Equal(PictureScale.Ratio, axis.Scale);
    }

    [Fact]
    public void No_effect_is_always_in_sight_and_what_has_no_end_is_left_out()
    {
        var axis = new EffectScale("Effect", false).Covering([5, double.NaN], [(4, 6), (double.NegativeInfinity, 3)]);
        Assert.True(axis.Minimum < 0);
        Assert.Equal(6 + (0.04 * 6), axis.Maximum!.Value, 1e-12);
        var empty = new EffectScale("Effect", false).Covering([], []);
        Assert.True(empty.Maximum >= empty.Minimum);
    }

    [Fact]
    public void Ratios_that_are_no_numbers_have_no_place()
    {
        var axis = Odds.Covering([-131, 2], [(-3e15, 3e15), (-1e15, 1e15)]);
        Assert.Equal((-756, 756), (axis.Minimum, axis.Maximum));
        Assert.InRange(Odds.Covering([0.1, 0.2], [(0.1, 0.3)]).Minimum!.Value, -0.02, 0);
    }
}
