using System.Runtime.CompilerServices;
using MarginalConditional.Data;
using SpreadCheetah;
using SpreadCheetah.Styling;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>A table as an Excel workbook of one sheet: numbers in full, dates as dates, texts as texts and never as formulas.</summary>
internal static class WorkbookRows
{
    private const int MostRows = 1_048_576;
    private const int MostColumns = 16_384;
    private const int LongestText = 32_767;

    /// <summary>The bytes of the file, under the names given.</summary>
    /// <exception cref="InputException">A sheet does not hold as many rows or columns.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static byte[] Write(ResultTable table, IReadOnlyList<string> names)
    {
        if (table.RowCount >= MostRows || names.Count > MostColumns)
        {
            throw new InputException(FormattableString.Invariant(
                $"A sheet holds {MostRows - 1} rows and {MostColumns} columns; these are {table.RowCount} and {names.Count}."))
            {
                Hint = "End the file's name with .parquet or .csv.gz.",
            };
        }

        return WriteAsync(table, names).GetAwaiter().GetResult();
    }

    private static async Task<byte[]> WriteAsync(ResultTable table, IReadOnlyList<string> names)
    {
        var content = new MemoryStream();
        var options = new SpreadCheetahOptions { DefaultDateTimeFormat = NumberFormat.Custom("yyyy-mm-dd"), DocumentProperties = null };
        await using (var book = await Spreadsheet.CreateNewAsync(content, options).ConfigureAwait(false))
        {
            await book.StartWorksheetAsync("Result").ConfigureAwait(false);
            var cells = new DataCell[names.Count];
            for (var j = 0; j < cells.Length; j++)
            {
                cells[j] = TextCell(names[j]);
            }

            await book.AddRowAsync(cells).ConfigureAwait(false);
            var columns = table.Columns.Select(column => column.Typed()).ToArray();
            var dates = columns.Select(DatesOf).ToArray();
            for (var i = 0; i < table.RowCount; i++)
            {
                for (var j = 0; j < cells.Length; j++)
                {
                    cells[j] = dates[j] is { } days ? new DataCell(days[i]?.ToDateTime(TimeOnly.MinValue)) : CellOf(columns[j], i);
                }

                await book.AddRowAsync(cells).ConfigureAwait(false);
            }

            await book.FinishAsync().ConfigureAwait(false);
        }

        var bytes = content.ToArray();
        ZipTimes.Fix(bytes);
        return bytes;
    }

    /// <summary>Dates that a workbook knows: it counts days from 1900, and two of its first sixty are wrong.</summary>
    private static DateOnly?[]? DatesOf(ResultColumn column) =>
        column.Dates() is { } dates && dates.All(date => date is null || date >= new DateOnly(1900, 3, 1)) ? dates : null;

    private static DataCell CellOf(ResultColumn column, int row) =>
        !column.IsNumeric ? TextCell(column.Text(row))
        : double.IsNaN(column.Number(row)) ? default
        : new DataCell(column.Number(row));

    /// <summary>XML has no control characters, so that they are shown as pictures; a cell has an end.</summary>
    private static DataCell TextCell(string? text) =>
        new(text is null ? null : VisibleText.Of(text.Length > LongestText ? text[..LongestText] : text));
}
