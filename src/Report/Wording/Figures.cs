using System.Globalization;

namespace MarginalConditional.Report.Wording;

/// <summary>Numbers as people read them. JSON and CSV carry the full precision.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Report.Wording;
///
/// Console.WriteLine(Figures.Interval(Figures.Ratio(0.83), Figures.Ratio(1.03)) + ", p " + Figures.Probability(0.15));
/// </code>
/// </example>
public static class Figures
{
    /// <summary>The typographic minus of tables.</summary>
    public const string Minus = "\u2212";

    /// <summary>Of a number of this size no digit after the point is known, and of larger ones not all before it.</summary>
    private const double MostDigits = 1e15;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A count with thousands separated: <c>1,908</c>.</summary>
    public static string Count(long value) => Signed(value.ToString("#,0", Culture));

    /// <summary>A count with its noun: <c>1 row</c>, <c>1,908 rows</c>.</summary>
    public static string Counted(long value, string noun) => $"{Count(value)} {noun}{(value == 1 ? string.Empty : "s")}";

    /// <summary>A p-value: <c>.044</c>, <c>.15</c>, <c>&lt; .001</c>.</summary>
    public static string Probability(double value) => value switch
    {
        double.NaN => "\u2013",
        < 0.001 => "< .001",
        < 0.0995 => value.ToString(".000", Culture),
        > 0.995 => "> .99",
        _ => value.ToString(".00", Culture),
    };

    /// <summary>A p-value as it follows the letter: <c>= .044</c>, <c>&lt; .001</c>.</summary>
    public static string ProbabilityRelation(double value) =>
        Probability(value) is ['<' or '>', ..] bound ? bound : "= " + Probability(value);

    /// <summary>A ratio: two decimals, or two significant digits below 0.095 and three from 100 on.</summary>
    public static string Ratio(double value) => Math.Abs(value) switch
    {
        double.NaN => "\u2013",
        double.PositiveInfinity => Signed(value > 0 ? "\u221E" : "-\u221E"),
        0 => "0.00",
        >= 1e6 or < 1e-6 => Signed(value.ToString("0.0e+0", Culture)),
        >= 100 => Signed(value.ToString("#,0", Culture)),
        < 0.095 => Fixed(value, DecimalsFor(value, 2)),
        _ => Fixed(value, 2),
    };

    /// <summary>A proportion in per cent with one decimal: <c>83.2 %</c>.</summary>
    public static string Percent(double proportion) => double.IsNaN(proportion) ? "\u2013" : Fixed(100 * proportion, 1) + "\u00A0%";

    /// <summary>
    /// A number with as many decimals as asked for; with four digits and a power of ten where it has more than fifteen before its point,
    /// of which the last would mean nothing.
    /// </summary>
    public static string Fixed(double value, int decimals) => value switch
    {
        double.NaN => "\u2013",
        double.PositiveInfinity => "\u221E",
        double.NegativeInfinity => Minus + "\u221E",
        >= MostDigits or <= -MostDigits => Scientific(value, 4),
        _ => Signed(value.ToString("F" + decimals.ToString(Culture), Culture)),
    };

    /// <summary>A number with about the given significant digits, for values without a standard error: at most six decimals.</summary>
    public static string Significant(double value, int digits = 3) => Math.Abs(value) switch
    {
        double.NaN or double.PositiveInfinity => Fixed(value, 0),
        0 => "0",
        >= 1e7 or < 1e-5 => Scientific(value, digits),
        _ => Fixed(value, DecimalsFor(value, digits)),
    };

    /// <summary>An estimate and what belongs to it, shown with decimals that give the standard error three significant digits.</summary>
    public static string Estimate(double value, double standardError)
    {
        if (!double.IsFinite(value) || !(standardError > 0) || double.IsInfinity(standardError))
        {
            return Significant(value, 4);
        }

        return standardError is < 1e-6 or >= 1e7 || Math.Abs(value) >= 1e9
            ? Scientific(value, 4)
            : Fixed(value, Math.Clamp(DecimalsFor(standardError, 3), 0, 8));
    }

    /// <summary>The decimals that show a value with the given significant digits (none if it is large).</summary>
    public static int DecimalsFor(double value, int digits) =>
        Math.Max(0, digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))));

    /// <summary>An interval: <c>0.76–1.00</c>, or <c>−0.92 to −0.24</c> when a bound is negative.</summary>
    public static string Interval(string lower, string upper) =>
        lower == "\u2013" && upper == "\u2013" ? lower :
        lower.StartsWith(Minus, StringComparison.Ordinal) || upper.StartsWith(Minus, StringComparison.Ordinal) ? $"{lower} to {upper}"
        : $"{lower}\u2013{upper}";

    /// <summary>The level as a heading: <c>95 % CI</c>.</summary>
    public static string IntervalHeading(double level) => Level(level) + " CI";

    /// <summary>A level of confidence in per cent, such as 95 %.</summary>
    public static string Level(double level) => (100 * level).ToString("0.####", Culture) + " %";

    private static string Scientific(double value, int digits) =>
        Signed(value.ToString("0." + new string('0', digits - 1) + "e+0", Culture));

    private static string Signed(string text)
    {
        if (!text.StartsWith('-'))
        {
            return text;
        }

        // A negative number that rounds to zero is shown as zero.
        return text.AsSpan(1).IndexOfAnyInRange('1', '9') < 0 && !text.Contains('\u221E', StringComparison.Ordinal)
            ? text[1..]
            : Minus + text[1..];
    }
}
