using System.Globalization;
using System.Text;

namespace MarginalConditional.Cli.Output;

/// <summary>CSV that a spreadsheet may open: no text in it is a formula.</summary>
internal static class SpreadsheetText
{
    /// <summary>
    /// Puts an apostrophe before every text that begins with =, +, − or @ (or a tab or carriage return) and is no number, as OWASP
    /// advises; all else stays as it is.
    /// </summary>
    /// <param name="csv">Fields separated by commas, with double quotes where they are needed.</param>
    public static string Neutral(string csv)
    {
        var neutral = new StringBuilder(csv.Length);
        var position = 0;
        while (position < csv.Length)
        {
            var end = EndOfField(csv, position);
            var quoted = csv[position] == '"';
            var start = quoted ? position + 1 : position;
            if (start < end && csv[start] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(csv.AsSpan(position, end - position)))
            {
                neutral.Append(csv, position, start - position).Append('\'').Append(csv, start, end - start);
            }
            else
            {
                neutral.Append(csv, position, end - position);
            }

            if (end < csv.Length)
            {
                neutral.Append(csv[end]);
            }

            position = end + 1;
        }

        return neutral.ToString();
    }

    private static int EndOfField(string csv, int start)
    {
        var quoted = false;
        for (var i = start; i < csv.Length; i++)
        {
            quoted ^= csv[i] == '"';
            if (!quoted && csv[i] is ',' or '\n')
            {
                return i;
            }
        }

        return csv.Length;
    }

    private static bool IsNumber(ReadOnlySpan<char> field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
