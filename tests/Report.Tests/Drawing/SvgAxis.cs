using System.Globalization;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary>An axis as a reader has it: the places of its ticks and what stands beside them, and nothing else.</summary>
internal sealed class SvgAxis
{
    private readonly (double Pixel, double Value)[] ticks;

    /// <summary>Takes an axis from the ticks of a drawing.</summary>
    /// <param name="axis">The picture's axis, for its scale and the values of named ticks.</param>
    /// <param name="ticks">Where labels stand, and the labels.</param>
    public SvgAxis(PictureAxis axis, IEnumerable<(double Pixel, string Label)> ticks)
    {
        this.ticks = [.. ticks.Select(tick => (tick.Pixel, ValueOf(axis, tick.Label)))];
        Labels = [.. ticks.Select(tick => tick.Label)];
    }

    /// <summary>The labels of the ticks.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The numbers that the labels say, on the scale of the marks.</summary>
    public IEnumerable<double> Values => ticks.Select(tick => tick.Value);

    /// <summary>The number at a place, by the line through the first and the last tick.</summary>
    public double Value(double pixel)
    {
        Assert.True(ticks.Length > 1, "An axis with fewer than two ticks tells no numbers.");
        var ((x0, first), (x1, last)) = (ticks[0], ticks[^1]);
        return first + ((last - first) * (pixel - x0) / (x1 - x0));
    }

    /// <summary>How far a number may be off: that pixels have four decimals.</summary>
    public double Resolution => 0.002 * Math.Abs(Value(1) - Value(0));

    /// <summary>Requires every tick to stand where the line through the first and the last one has it.</summary>
    public void RequireEvenScale() => Assert.All(ticks, tick => Assert.Equal(tick.Value, Value(tick.Pixel), Resolution + 1e-12));

    /// <summary>The number that a label says.</summary>
    public static double Number(string label, PictureScale scale)
    {
        var text = label.Replace("\u00A0%", string.Empty, StringComparison.Ordinal)
            .Replace(",", string.Empty, StringComparison.Ordinal)
            .Replace('\u2212', '-');
        var number = double.Parse(text, CultureInfo.InvariantCulture);
        return scale switch { PictureScale.Percent => number / 100, PictureScale.Ratio => Math.Log(number), _ => number };
    }

    private static double ValueOf(PictureAxis axis, string label) => axis.Ticks.Any(tick => tick.Label == label)
        ? axis.Ticks.First(tick => tick.Label == label).Value
        : Number(label, axis.Scale);
}
