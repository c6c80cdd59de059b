using System.Globalization;
using System.Text;

namespace MarginalConditional.Cli.Output;

/// <summary>Writes CSV: commas, decimal points, quotes only where they are needed, full precision, NA for what is not a number.</summary>
internal sealed class CsvResult
{
    private readonly StringBuilder text = new();

    /// <summary>Writes the header.</summary>
    public CsvResult(params string[] columns) => Row(columns.Cast<object?>().ToArray());

    /// <summary>Writes a row of texts, numbers and nulls (NA).</summary>
    public CsvResult Row(params object?[] fields)
    {
        text.AppendJoin(',', fields.Select(Field)).Append('\n');
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private static string Field(object? value) => value switch
    {
        null => "NA",
        double number => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "NA",
        string word => Quoted(word),
        IFormattable other => Quoted(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Quoted(value.ToString() ?? string.Empty),
    };

    private static string Quoted(string word) =>
        word.AsSpan().IndexOfAny(",\"\n\r") < 0 ? word : $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
