using System.Globalization;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>A number as its source prints it: what it says, and to how many digits.</summary>
internal sealed record PrintedNumber
{
    private PrintedNumber(string text, double value, int digits, double halfUnit) =>
        (Text, Value, Digits, HalfUnit) = (text, value, digits, halfUnit);

    /// <summary>As printed.</summary>
    public string Text { get; }

    /// <summary>The nearest double.</summary>
    public double Value { get; }

    /// <summary>Significant digits, at most 15: those of a double.</summary>
    public int Digits { get; }

    /// <summary>Half a unit of the last digit printed.</summary>
    public double HalfUnit { get; }

    /// <summary>Reads digits with an optional sign, point and exponent.</summary>
    public static PrintedNumber Parse(string text)
    {
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        var end = text.IndexOfAny(['e', 'E']);
        var (mantissa, exponent) = end < 0 ? (text, 0) : (text[..end], int.Parse(text[(end + 1)..], CultureInfo.InvariantCulture));
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        var significant = mantissa.Where(char.IsAsciiDigit).SkipWhile(digit => digit == '0').Count();
        return new PrintedNumber(text, value, Math.Clamp(significant, 1, 15), 0.5 * Math.Pow(10, exponent - decimals));
    }

    /// <summary>
    /// Decimal digits that a number shares with this one, −log₁₀ of the difference relative to the size, at most those printed;
    /// all of them where the difference is within the rounding of the print.
    /// </summary>
    /// <param name="actual">The number, <c>NaN</c> where there is none.</param>
    /// <param name="beside">The size that differences are relative to, this one's own unless it is a small one of a whole.</param>
    public double Agreement(double actual, double? beside = null)
    {
        var size = Math.Max(Math.Abs(Value), beside ?? 0);
        var difference = Math.Abs(actual - Value);
        var printed = Math.Min(15, Digits + (size > Math.Abs(Value) && Value != 0 ? Math.Log10(size / Math.Abs(Value)) : 0));
        if (double.IsNaN(difference))
        {
            return 0;
        }

        return difference <= HalfUnit * (1 + 1e-6) || difference == 0
            ? printed
            : Math.Clamp(-Math.Log10(difference / size), 0, printed);
    }
}
