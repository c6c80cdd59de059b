using System.Globalization;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Drawing;

/// <summary>Ticks at round values: 1, 2 and 5 times a power of ten, and of ratios on a logarithmic axis likewise.</summary>
internal static class RoundTicks
{
    /// <summary>Beyond ten to this power, and below its inverse, no ratio is a number.</summary>
    private const int MostDecades = 308;

    private static readonly double[][] RatioSteps = [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];

    /// <summary>The ticks inside a range, ascending, on the scale of the marks.</summary>
    /// <param name="lower">The least value shown.</param>
    /// <param name="upper">The largest value shown.</param>
    /// <param name="scale">How the axis shows its values.</param>
    /// <param name="most">No more ticks than this are given, unless that leaves fewer than two.</param>
    public static IReadOnlyList<(double Value, string Label)> Of(double lower, double upper, PictureScale scale, int most) => scale switch
    {
        PictureScale.Hidden => [],
        PictureScale.Ratio when upper - lower > Math.Log(2.2) && !AreFew(lower, upper) => Ratios(lower, upper, most),
        PictureScale.Ratio => [.. Linear(Math.Exp(lower), Math.Exp(upper), most, 1, string.Empty)
            .Where(tick => tick.Value > 0)
            .Select(tick => (Math.Log(tick.Value), tick.Label))],
        PictureScale.Percent => Linear(lower, upper, most, 100, "\u00A0%"),
        _ => Linear(lower, upper, most, 1, string.Empty),
    };

    private static IReadOnlyList<(double Value, string Label)> Linear(double lower, double upper, int most, double factor, string unit)
    {
        var step = Step((upper - lower) / Math.Max(1, most));
        var decimals = Figures.DecimalsFor(factor * step, 1);
        var largest = factor * Math.Max(Math.Abs(lower), Math.Abs(upper));
        var isLong = largest >= 1e7 || decimals > 5;
        var digits = 1 + (int)Math.Clamp(Math.Ceiling(Math.Log10(largest / (factor * step))), 0, 12);
        var ticks = new List<(double, string)>();
        var first = Math.Ceiling((lower / step) - 1e-9);
        for (var k = 0; k <= most + 1 && (first + k) * step <= upper + (1e-9 * step); k++)
        {
            var value = (first + k) * step;
            var shown = factor * value;
            ticks.Add((value, (isLong ? Figures.Significant(shown, digits) : Figures.Fixed(shown, decimals)) + unit));
        }

        return ticks;
    }

    /// <summary>Whether a reader would be left with one or two ratios, as between 3.1 and 6.9: even steps tell more there.</summary>
    private static bool AreFew(double lower, double upper) =>
        upper - lower < Math.Log(10) && Ratios(lower, upper, RatioSteps[0], 1).Count < 3;

    private static IReadOnlyList<(double Value, string Label)> Ratios(double lower, double upper, int most)
    {
        for (var every = 1; ; every++)
        {
            foreach (var steps in every == 1 ? RatioSteps : [[1]])
            {
                var ticks = Ratios(lower, upper, steps, every);
                if (ticks.Count <= most || (every > 1 && ticks.Count <= 2))
                {
                    return ticks;
                }
            }
        }
    }

    private static List<(double Value, string Label)> Ratios(double lower, double upper, double[] steps, int every)
    {
        var ticks = new List<(double, string)>();
        var first = (int)Math.Clamp(Math.Floor(lower / Math.Log(10)), -MostDecades, MostDecades);
        var last = (int)Math.Clamp(Math.Ceiling(upper / Math.Log(10)), -MostDecades, MostDecades);
        for (var decade = first; decade <= last; decade++)
        {
            if (decade % every != 0)
            {
                continue;
            }

            foreach (var step in steps)
            {
                var value = (decade * Math.Log(10)) + Math.Log(step);
                if (value >= lower - 1e-9 && value <= upper + 1e-9)
                {
                    ticks.Add((value, Label(step, decade)));
                }
            }
        }

        return ticks;
    }

    private static string Label(double step, int decade)
    {
        var ratio = step * Math.Pow(10, decade);
        return decade is > -5 and < 6
            ? ratio.ToString("#,0.#####", CultureInfo.InvariantCulture)
            : ratio.ToString("0e+0", CultureInfo.InvariantCulture);
    }

    /// <summary>The least of 1, 2 and 5 times a power of ten that is not below a step.</summary>
    private static double Step(double step)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return (step / power) switch { <= 1.0000001 => 1, <= 2.0000001 => 2, <= 5.0000001 => 5, _ => 10 } * power;
    }
}
