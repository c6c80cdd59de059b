using System.Globalization;

namespace MarginalConditional.Compare.Comparison;

/// <summary>Numbers inside sentences.</summary>
internal static class Wording
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>A p-value: <c>p = .044</c>, <c>p &lt; .001</c>.</summary>
    public static string P(double value) => value switch
    {
        double.NaN => "p not available",
        < 0.001 => "p < .001",
        < 0.0995 => "p = " + value.ToString(".000", Culture),
        > 0.995 => "p > .99",
        _ => "p = " + value.ToString(".00", Culture),
    };

    /// <summary>A number with fixed decimals and a typographic minus; one that rounds to zero has none.</summary>
    public static string Number(double value, int decimals)
    {
        var text = Math.Abs(value).ToString("F" + decimals.ToString(Culture), Culture);
        return value < 0 && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "\u2212" + text : text;
    }

    /// <summary>The same, with a plus before positive numbers.</summary>
    public static string Signed(double value, int decimals)
    {
        var text = Number(value, decimals);
        return value > 0 && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "+" + text : text;
    }

    /// <summary>A count with thousands separated.</summary>
    public static string Count(int value) => value.ToString("#,0", Culture);
}
