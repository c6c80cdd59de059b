using MarginalConditional.Data.Files;
using MarginalConditional.Data.Files.Cdisc;
using MarginalConditional.Data.Files.Excel;
using MarginalConditional.Data.Files.Parquets;
using MarginalConditional.Data.Files.Sas;
using MarginalConditional.Data.Files.Stata;

namespace MarginalConditional.Data.Tables;

/// <summary>Makes a data set of a file whose format says of each column what it holds.</summary>
internal static class TypedTable
{
    /// <summary>Reads the columns wanted.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="content">Its format and bytes.</param>
    /// <param name="options">How to read it.</param>
    /// <exception cref="InputException">The file is damaged, or holds what cannot be read.</exception>
    internal static Dataset Read(string path, FileContent content, DatasetReaderOptions options)
    {
        CheckOptions(path, content.Format, options);
        var table = Open(path, content.Format, content.Bytes ?? ReadOnlyMemory<byte>.Empty, options);
        if (table.Rows == 0)
        {
            throw new InputException("The file has columns but no rows.") { File = path };
        }

        var header = table.Fields.Select(field => field.Name).ToList();
        var wanted = options.Columns is null
            ? [.. header.Select((name, place) => (name, place))]
            : Wanted(options.Columns.Concat(options.Factors), header);
        var columns = table.Read([.. wanted.Select(one => one.place)]);
        var missing = new MissingValues(options.MissingTokens);
        return new Dataset(
            path,
            [
                .. wanted.Zip(columns, (one, column) => TypedColumn.Of(
                    one.name,
                    table.Fields[one.place].Label,
                    column,
                    missing,
                    options.Factors.Contains(one.name, StringComparer.Ordinal),
                    path)),
            ])
        {
            Header = header,
            RowLocator = row => table.RowOf(row),
            RowCount = table.Rows,
            FileNotes = table.Notes,
        };
    }

    private static FileTable Open(string path, FileFormat format, ReadOnlyMemory<byte> bytes, DatasetReaderOptions options) => format switch
    {
        FileFormat.SasTransport => XptFile.Open(path, bytes, options.Member),
        FileFormat.Stata => StataFile.Open(path, bytes),
        FileFormat.Json => DatasetJsonFile.Open(path, bytes),
        FileFormat.Excel => ExcelFile.Open(path, bytes, options.Sheet),
        FileFormat.Parquet => ParquetTable.Open(path, bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Text has no types."),
    };

    /// <summary>
    /// The places of columns by name. A name that only one column has in some other case is that column's: version 5 of the SAS transport
    /// file knows capitals only. In the header it then stands as it was asked for.
    /// </summary>
    private static List<(string name, int place)> Wanted(IEnumerable<string> names, List<string> header)
    {
        var found = new List<(string name, int place)>();
        string[] own = [.. header];
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var place = Array.IndexOf(own, name);
            if (place < 0)
            {
                int[] others =
                [
                    .. Enumerable.Range(0, own.Length).Where(i => string.Equals(own[i], name, StringComparison.OrdinalIgnoreCase)),
                ];
                place = others is [var only] ? only : -1;
                if (place >= 0)
                {
                    header.Add(name);
                }
            }

            if (place >= 0)
            {
                found.Add((name, place));
            }
        }

        return found;
    }

    private static void CheckOptions(string path, FileFormat format, DatasetReaderOptions options)
    {
        var idle = options.DecimalComma ? "--decimal-comma"
            : options.Separator is { } separator && separator != DatasetReaderOptions.UsualSeparator ? "--separator"
            : options.Member is not null && format != FileFormat.SasTransport ? "--member"
            : options.Sheet is not null && format != FileFormat.Excel ? "--sheet"
            : null;
        if (idle is not null)
        {
            throw new InputException($"{idle} has no effect on this file.")
            {
                File = path,
                Hint = idle switch
                {
                    "--member" => "It names a data set of a SAS transport file; leave it out.",
                    "--sheet" => "It names a sheet of an Excel workbook; leave it out.",
                    _ => "It is for text files; the file's own format says what a number is. Leave it out.",
                },
            };
        }
    }
}
