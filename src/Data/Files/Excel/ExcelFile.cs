using System.Runtime.CompilerServices;
using System.Text;
using ExcelDataReader;

namespace MarginalConditional.Data.Files.Excel;

/// <summary>A sheet of an Excel workbook: the first row that is not empty has the names, rows without any value are passed over.</summary>
internal sealed class ExcelFile : FileTable
{
    private const int MostRows = 1_048_576;

    private readonly List<object?[]> rows = [];
    private readonly List<int> lines = [];
    private readonly List<int> places = [];
    private readonly List<SheetFault> faults;
    private readonly FileBytes file;

    private ExcelFile(FileBytes file, IExcelDataReader reader, List<SheetFault> faults)
    {
        this.file = file;
        this.faults = faults;
        object?[] head = [];
        for (var line = 1; reader.Read(); line++)
        {
            if (line > MostRows)
            {
                throw file.Broken("it has more rows than a sheet can have");
            }

            var cells = Cells(reader);
            if (cells.Length > 0 && head.Length == 0)
            {
                head = cells;
            }
            else if (cells.Length > 0)
            {
                rows.Add(cells);
                lines.Add(line);
            }
        }

        Fields = Named(head);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<FileField> Fields { get; }

    /// <inheritdoc/>
    internal override int Rows => rows.Count;

    /// <summary>Opens a sheet.</summary>
    /// <param name="source">The file as the user named it.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="wanted">The sheet's name; null for the only one.</param>
    /// <exception cref="InputException">The file is damaged, or has several sheets and none or another was named.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ExcelFile Open(string source, ReadOnlyMemory<byte> content, string? wanted)
    {
        var file = new FileBytes(source, "Excel workbook", content);
        try
        {
            // The library asks for this encoding, which the runtime leaves out until it is told, even where it needs none.
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            using var stream = new MemoryStream(content.ToArray(), writable: false);
            using var reader = ExcelReaderFactory.CreateOpenXmlReader(stream);
            var names = new List<string>();
            do
            {
                names.Add(reader.Name);
            }
            while (reader.NextResult());
            var sheet = wanted is null ? names.Count == 1 ? 0 : -1
                : names.FindIndex(name => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase));
            if (sheet < 0)
            {
                throw NoSheet(source, wanted, names);
            }

            reader.Reset();
            for (var i = 0; i < sheet; i++)
            {
                reader.NextResult();
            }

            return new ExcelFile(file, reader, SheetFaults.Of(content, sheet));
        }
        catch (Exception exception) when (exception is not InputException && MissingLibrary.NameOf(exception) is null)
        {
            throw file.Broken("it cannot be unpacked, or holds no workbook");
        }
    }

    /// <inheritdoc/>
    internal override int RowOf(int row) => lines[row];

    /// <inheritdoc/>
    internal override FileColumn[] Read(IReadOnlyList<int> fields) => [.. fields.Select(ReadColumn)];

    private FileColumn ReadColumn(int field)
    {
        var place = places[field];
        if (faults.FindIndex(fault => fault.Column == place && fault.Row > lines[0] - 1) is >= 0 and var index)
        {
            var fault = faults[index];
            throw new InputException(fault.Error is { } error
                ? $"Cell {fault.Cell} shows the error {Suggestion.Short(error)}."
                : $"Cell {fault.Cell} holds a formula whose value was never computed.")
            {
                File = file.Source,
                Column = Fields[field].Name,
                Hint = fault.Error is null
                    ? "Open the workbook in Excel and save it, so that values are stored, or paste the values over the formulas."
                    : "Correct the cell, or empty it if its value is missing.",
            };
        }

        return SheetColumn.Of([.. rows.Select(row => place < row.Length ? row[place] : null)], lines);
    }

    /// <summary>The cells of a row up to the last that is not empty.</summary>
    private static object?[] Cells(IExcelDataReader reader)
    {
        var count = reader.FieldCount;
        while (count > 0 && reader.GetValue(count - 1) is null or "")
        {
            count--;
        }

        var cells = new object?[count];
        for (var i = 0; i < count; i++)
        {
            cells[i] = reader.GetValue(i);
        }

        return cells;
    }

    /// <summary>The columns that have a name or a value; those without a name get one, as in CSV files.</summary>
    private List<FileField> Named(object?[] head)
    {
        var fields = new List<FileField>();
        var width = rows.Count == 0 ? head.Length : Math.Max(head.Length, rows.Max(row => row.Length));
        for (var place = 0; place < width; place++)
        {
            var name = place < head.Length ? (head[place]?.ToString() ?? string.Empty).Trim() : string.Empty;
            if (name.Length > 0 || rows.Exists(row => place < row.Length && row[place] is not null))
            {
                places.Add(place);
                fields.Add(new FileField(name.Length > 0 ? name : FormattableString.Invariant($"column{place + 1}")));
            }
        }

        CheckNames(file, fields);
        return fields;
    }

    private static InputException NoSheet(string source, string? wanted, List<string> names) => new(
        wanted is null ? FormattableString.Invariant($"The Excel workbook has {names.Count} sheets.")
            : $"The Excel workbook has no sheet \"{Suggestion.Short(wanted)}\".{Suggestion.Sentence(wanted, names)}")
    {
        File = source,
        Hint = $"Say --sheet with one of these names: {Suggestion.List(names)}.",
    };
}
