using System.Globalization;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>Fields of CSV that a spreadsheet may open: no text among them is a formula.</summary>
internal static class SpreadsheetText
{
    /// <summary>
    /// Puts an apostrophe before a text that begins with =, +, − or @ (or a tab or carriage return) and is no number, as OWASP
    /// advises; all else stays as it is.
    /// </summary>
    /// <param name="field">A field without the quotes around it.</param>
    public static string Neutral(string field) =>
        field.Length > 0 && field[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !IsNumber(field) ? $"'{field}" : field;

    private static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
