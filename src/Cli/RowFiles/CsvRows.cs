using System.Text;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>A table as CSV: commas, decimal points, quotes only where they are needed, full precision, NA for what is missing.</summary>
internal static class CsvRows
{
    private const string Missing = "NA";

    /// <summary>The text, under the names given.</summary>
    /// <param name="table">The table.</param>
    /// <param name="names">A name a column.</param>
    /// <param name="neutral">Whether texts that a spreadsheet would run are to be made harmless.</param>
    public static string Write(ResultTable table, IReadOnlyList<string> names, bool neutral)
    {
        var text = new StringBuilder();
        var columns = table.Columns;
        for (var j = 0; j < columns.Count; j++)
        {
            Field(text, j, names[j], neutral);
        }

        text.Append('\n');
        for (var i = 0; i < table.RowCount; i++)
        {
            for (var j = 0; j < columns.Count; j++)
            {
                Field(text, j, columns[j].Text(i) ?? Missing, neutral && !columns[j].IsNumeric);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Field(StringBuilder text, int column, string word, bool neutral)
    {
        if (column > 0)
        {
            text.Append(',');
        }

        if (neutral)
        {
            word = SpreadsheetText.Neutral(word);
        }

        if (word.AsSpan().IndexOfAny(",\"\n\r") < 0)
        {
            text.Append(word);
        }
        else
        {
            text.Append('"').Append(word.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
    }
}
