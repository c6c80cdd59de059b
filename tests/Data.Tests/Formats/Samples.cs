using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>The sample files: one small trial in many formats, and what each column of it has to read to.</summary>
internal static class Samples
{
    internal static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Formats", "Samples", name);

    internal static byte[] Bytes(string name) => File.ReadAllBytes(Path(name));

    /// <summary>A field as <c>expected.csv</c> writes it; null where missing.</summary>
    internal static string? Field(Column column, int row) => column switch
    {
        _ when column.IsMissing(row) => null,
        NumericColumn numeric => NumberLabel.Of(numeric.Values[row]),
        FactorColumn factor => factor.Levels[factor.Codes[row]],
        _ => throw new NotSupportedException(),
    };

    /// <summary>Fields of the trial by name, quoted as CSV wants; the text "NA" stays text.</summary>
    internal static Dictionary<string, string[]> Expected()
    {
        var lines = File.ReadAllLines(Path("expected.csv"));
        var rows = lines.Select(Split).ToArray();
        return rows[0].Select((name, place) => (name, rows[1..].Select(row => row[place]).ToArray())).ToDictionary(StringComparer.Ordinal);
    }

    private static string[] Split(string line)
    {
        var fields = new List<string>();
        var (field, quoted) = (new System.Text.StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (quoted && line[i] == '"' && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append(line[i++]);
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }

        return [.. fields, field.ToString()];
    }
}
