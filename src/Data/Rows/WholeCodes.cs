using System.Globalization;

namespace MarginalConditional.Data.Rows;

/// <summary>Recognizes numbers that may stand for categories, so that a note can ask.</summary>
internal static class WholeCodes
{
    /// <summary>Codes have one digit: weeks, ages and doses mostly go beyond.</summary>
    private const int Largest = 9;

    /// <summary>Columns of more codes are mostly measured.</summary>
    private const int MostCodes = 6;

    /// <summary>The distinct values in order, if they are two to six whole numbers from 0 to 9 and not just 0 and 1; else none.</summary>
    internal static int[] Of(ReadOnlySpan<double> values)
    {
        var seen = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            if (!(value >= 0 && value <= Largest) || value != (int)value)
            {
                return [];
            }

            seen |= 1 << (int)value;
        }

        int[] codes = [.. Enumerable.Range(0, Largest + 1).Where(code => (seen & (1 << code)) != 0)];
        return codes.Length is >= 2 and <= MostCodes && codes[^1] > 1 ? codes : [];
    }

    /// <summary>The note about such a column.</summary>
    internal static string Note(string name, int[] codes)
    {
        var list = string.Join(", ", codes[..^1].Select(code => code.ToString(CultureInfo.InvariantCulture)));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name} holds the whole numbers {list} and {codes[^1]} and is read as a number; --factor {name} makes it categories.");
    }
}
