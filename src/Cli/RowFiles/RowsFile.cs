using System.IO.Compression;
using System.Text;

namespace MarginalConditional.Cli.RowFiles;

/// <summary>How a table becomes a file: the ending of its name says as what.</summary>
/// <param name="Names">Whose names the columns have.</param>
/// <param name="RawCsv">Whether CSV holds texts as they are, though a spreadsheet would take them for formulas.</param>
internal sealed record RowsFile(RowNames Names = RowNames.Own, bool RawCsv = false)
{
    /// <summary>The endings of tables, for messages.</summary>
    public const string Endings = ".csv, .csv.gz, .parquet or .xlsx";

    /// <summary>The table as the text of a CSV file.</summary>
    public string Csv(ResultTable table) => CsvRows.Write(table, NamesOf(table), neutral: !RawCsv);

    /// <summary>The bytes of a file of that name.</summary>
    public byte[] Content(string path, ResultTable table) =>
        Ends(path, ".parquet") ? ParquetRows.Write(table, SafeNames.Distinct(NamesOf(table)))
        : Ends(path, ".xlsx") ? WorkbookRows.Write(table, SafeNames.Distinct(NamesOf(table)))
        : Packed(path, Csv(table));

    /// <summary>A text as the bytes of a file of that name: UTF-8, packed where it ends with .gz.</summary>
    public static byte[] Packed(string path, string text)
    {
        var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
        if (!Ends(path, ".gz"))
        {
            return bytes;
        }

        var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    /// <summary>Whether a file of that name has columns with types.</summary>
    public static bool IsTyped(string path) => Ends(path, ".parquet") || Ends(path, ".xlsx");

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private string[] NamesOf(ResultTable table)
    {
        string[] names = [.. table.Columns.Select(column => column.Name)];
        return Names switch
        {
            RowNames.R => SafeNames.ForR(names),
            RowNames.Sas => SafeNames.ForSas(names),
            _ => names,
        };
    }
}
