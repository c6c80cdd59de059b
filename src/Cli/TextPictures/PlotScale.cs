using MarginalConditional.Cli.Output;

namespace MarginalConditional.Cli.TextPictures;

/// <summary>The horizontal axis of a text picture: from values to characters, with round ticks.</summary>
internal sealed class PlotScale
{
    /// <summary>Ratios beyond this power of ten are no numbers.</summary>
    private const double LargestDecade = 300;

    private readonly double lower;
    private readonly double upper;
    private readonly bool ratios;
    private readonly bool percent;

    private PlotScale(double lower, double upper, double reference, bool ratios, bool percent)
    {
        this.percent = percent;
        this.lower = lower;
        this.upper = upper;
        this.ratios = ratios;
        Reference = reference;
    }

    /// <summary>The value of the vertical line.</summary>
    public double Reference { get; }

    /// <summary>A scale that shows all of <paramref name="values"/> and the reference, with a margin.</summary>
    /// <param name="values">What must be visible; not finite ones are ignored.</param>
    /// <param name="reference">The value of the vertical line.</param>
    /// <param name="ratios">Whether values are logarithms, so that ticks are labelled with their exponentials.</param>
    /// <param name="percent">Whether ticks are labelled in per cent.</param>
    public static PlotScale Covering(IEnumerable<double> values, double reference, bool ratios, bool percent = false)
    {
        var finite = values.Where(double.IsFinite).Append(reference).ToArray();
        double smallest = finite.Min(), largest = finite.Max();
        var margin = largest > smallest ? 0.06 * (largest - smallest) : Math.Max(1e-3, 0.5 * Math.Abs(largest));
        return new PlotScale(smallest - margin, largest + margin, reference, ratios, percent);
    }

    /// <summary>The character, from 0, that a value falls on; below 0 or at least <paramref name="width"/> when it lies outside.</summary>
    public int Column(double value, int width)
    {
        var position = (value - lower) / (upper - lower) * (width - 1);
        return position < -0.5 ? -1 : position > width - 0.5 ? width : (int)Math.Round(position, MidpointRounding.AwayFromZero);
    }

    /// <summary>Two lines: the axis with its ticks, and their labels.</summary>
    public (string Axis, string Labels) Axis(int width)
    {
        var axis = new string('\u2500', width).ToCharArray();
        var labels = new string(' ', width).ToCharArray();
        var taken = new bool[width + 1];
        foreach (var (value, label) in Ticks(width).OrderBy(tick => Math.Abs(tick.Value - Reference)))
        {
            var column = Column(value, width);
            var start = Math.Max(0, Math.Min(column - (label.Length / 2), width - label.Length));
            if (label.Length > width
                || column < 0
                || column >= width
                || Enumerable.Range(start - 1, label.Length + 2).Any(i => i >= 0 && i < width && taken[i]))
            {
                continue;
            }

            axis[column] = '\u252C';
            label.CopyTo(labels.AsSpan(start));
            Array.Fill(taken, true, start, label.Length);
        }

        return (new string(axis), new string(labels).TrimEnd());
    }

    private IEnumerable<(double Value, string Label)> Ticks(int width)
    {
        if (ratios && upper - lower > Math.Log(2.5))
        {
            var steps = upper - lower > Math.Log(1e4) ? new[] { 1.0 } : [1, 2, 5];
            var stride = Math.Max(1, Math.Ceiling((upper - lower) / Math.Log(10) / width));
            for (var decade = Math.Floor(lower / Math.Log(10)); decade <= Math.Ceiling(upper / Math.Log(10)); decade += stride)
            {
                foreach (var step in steps)
                {
                    var value = (decade * Math.Log(10)) + Math.Log(step);
                    if (value >= lower && value <= upper && Math.Abs(decade) < LargestDecade)
                    {
                        yield return (value, Short(step * Math.Pow(10, decade)));
                    }
                }
            }

            yield break;
        }

        double from = ratios ? Math.Exp(lower) : lower, to = ratios ? Math.Exp(upper) : upper;
        var interval = RoundStep((to - from) / Math.Max(2, width / 9.0));
        var first = Math.Ceiling(from / interval);
        for (var k = 0; k <= width && (first + k) * interval <= to; k++)
        {
            var value = (first + k) * interval;
            if (!ratios || value > 0)
            {
                yield return (ratios ? Math.Log(value) : value, Label(value, interval));
            }
        }
    }

    private string Label(double value, double interval) => percent
        ? Figures.Fixed(100 * value, Math.Clamp(Figures.DecimalsFor(100 * interval, 1), 0, 6)) + "\u00A0%"
        : Figures.Fixed(value, Math.Clamp(Figures.DecimalsFor(interval, 1), 0, 8));

    private static double RoundStep(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 } * power;
    }

    private static string Short(double ratio) => ratio.ToString(
        ratio is > 1e-9 and < 1e9 ? "0.#########" : "0e0", System.Globalization.CultureInfo.InvariantCulture);
}
