using System.Globalization;
using MarginalConditional.Cli.TextPictures;

namespace MarginalConditional.Cli.Tests.TextPictures;

/// <summary>An axis of characters: what it covers is on it, in order, and its ticks stand where their labels say.</summary>
public sealed class PlotScaleTests
{
    public static TheoryData<double[], double, int> Ranges => new()
    {
        { [-3, 0.5, 7], 0, 40 },
        { [0.2, 0.25, 0.31], 0.25, 60 },
        { [-1200, 5400], 0, 30 },
        { [1e-6, 3e-6], 2e-6, 50 },
        { [4], 4, 20 },
        { [0], 0, 25 },
    };

    [Theory]
    [MemberData(nameof(Ranges))]
    public void What_is_covered_is_on_the_axis_and_in_order(double[] values, double reference, int width)
    {
        var scale = PlotScale.Covering(values, reference, ratios: false);
        Assert.Equal(reference, scale.Reference);
        var columns = values.Append(reference).Order().Select(value => scale.Column(value, width)).ToArray();
        Assert.All(columns, column => Assert.InRange(column, 0, width - 1));
        Assert.Equal(columns.Order(), columns);
    }

    /// <summary>Halfway between two values is halfway between their columns, up to the width of a character.</summary>
    [Theory]
    [MemberData(nameof(Ranges))]
    public void Distances_are_shown_in_proportion(double[] values, double reference, int width)
    {
        var scale = PlotScale.Covering(values, reference, ratios: false);
        var (low, high) = (values.Append(reference).Min(), values.Append(reference).Max());
        foreach (var share in new[] { 0.25, 0.5, 0.9 })
        {
            var expected = scale.Column(low, width) + (share * (scale.Column(high, width) - scale.Column(low, width)));
            Assert.InRange(scale.Column(low + (share * (high - low)), width) - expected, -1, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void What_lies_outside_is_beyond_either_end(double[] values, double reference, int width)
    {
        var scale = PlotScale.Covering(values, reference, ratios: false);
        var (low, high) = (values.Append(reference).Min(), values.Append(reference).Max());
        var far = 10 * ((high - low) + 1);
        Assert.Equal(-1, scale.Column(low - far, width));
        Assert.Equal(width, scale.Column(high + far, width));
        Assert.Equal(-1, scale.Column(double.NegativeInfinity, width));
        Assert.Equal(width, scale.Column(double.PositiveInfinity, width));
    }

    [Fact]
    public void Values_that_are_no_numbers_widen_nothing()
    {
        var plain = PlotScale.Covering([1, 2], 0, ratios: false);
        var more = PlotScale.Covering([1, double.NaN, 2, double.PositiveInfinity, double.NegativeInfinity], 0, ratios: false);
        foreach (var value in new[] { 0, 0.7, 1.1, 2 })
        {
            Assert.Equal(plain.Column(value, 50), more.Column(value, 50));
        }
    }

    [Theory]
    [MemberData(nameof(Ranges))]
    public void A_tick_stands_where_its_label_says(double[] values, double reference, int width)
    {
        var scale = PlotScale.Covering(values, reference, ratios: false);
        var ticks = Ticks(scale, width);
        Assert.True(ticks.Count > 1 || width < 30, $"{ticks.Count} ticks");
        Assert.All(ticks, tick => Assert.Equal(tick.Column, scale.Column(Value(tick.Label), width)));
    }

    /// <summary>Logarithms are labelled by the ratios that they are of.</summary>
    [Theory]
    [InlineData(-0.2, 0.3, 60)]
    [InlineData(-2, 1, 50)]
    [InlineData(-9, 12, 70)]
    public void Ticks_of_ratios_stand_at_their_logarithms(double lower, double upper, int width)
    {
        var scale = PlotScale.Covering([lower, upper], 0, ratios: true);
        var ticks = Ticks(scale, width);
        Assert.Contains(ticks, tick => Value(tick.Label) == 1);
        Assert.All(ticks, tick => Assert.Equal(tick.Column, scale.Column(Math.Log(Value(tick.Label)), width)));
    }

    [Fact]
    public void Shares_are_labelled_in_per_cent()
    {
        var scale = PlotScale.Covering([0.1, 0.45], 0.3, ratios: false, percent: true);
        var ticks = Ticks(scale, 60);
        Assert.NotEmpty(ticks);
        Assert.All(ticks, tick =>
        {
            Assert.EndsWith("\u00A0%", tick.Label, StringComparison.Ordinal);
            Assert.Equal(tick.Column, scale.Column(Value(tick.Label[..^2]) / 100, 60));
        });
    }

    [Fact]
    public void Labels_do_not_touch_however_narrow_the_axis_is()
    {
        for (var width = 1; width < 90; width++)
        {
            var (axis, labels) = PlotScale.Covering([-12345, 54321], 0, ratios: false).Axis(width);
            Assert.Equal(width, axis.Length);
            Assert.True(labels.Length <= width);
            Assert.Equal(
                axis.Count(character => character == '\u252C'), labels.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        }
    }

    /// <summary>Each label with the column of its tick: the nearest to the label's middle.</summary>
    private static List<(int Column, string Label)> Ticks(PlotScale scale, int width)
    {
        var (axis, labels) = scale.Axis(width);
        Assert.All(axis, character => Assert.True(character is '\u2500' or '\u252C'));
        int[] columns = [.. axis.Index().Where(one => one.Item == '\u252C').Select(one => one.Index)];
        var ticks = new List<(int, string)>();
        for (var start = 0; start < labels.Length; start++)
        {
            if (labels[start] == ' ')
            {
                continue;
            }

            var end = labels.IndexOf(' ', start) is var found && found < 0 ? labels.Length : found;
            var middle = (start + end - 1) / 2.0;
            ticks.Add((columns.MinBy(column => Math.Abs(column - middle)), labels[start..end]));
            start = end;
        }

        Assert.Equal(columns, ticks.Select(tick => tick.Item1));
        return ticks;
    }

    private static double Value(string label) => double.Parse(label.Replace('\u2212', '-'), CultureInfo.InvariantCulture);
}
