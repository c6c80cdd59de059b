using System.Text.Json;

namespace MarginalConditional.Data.Files.Cdisc;

/// <summary>A data set in CDISC's Dataset-JSON 1.1: one object, or an object and then a row a line.</summary>
/// <remarks>Source: CDISC, Dataset-JSON version 1.1 specification.</remarks>
internal sealed class DatasetJsonFile : FileTable
{
    private readonly FileBytes file;
    private readonly DatasetJsonHead head;
    private readonly Dictionary<string, int> places;

    private DatasetJsonFile(FileBytes file, DatasetJsonHead head)
    {
        this.file = file;
        this.head = head;
        Fields = [.. head.Items.Select(item => new FileField(item.Name, item.Label))];
        CheckNames(file, Fields);
        places = head.Items.Select((item, place) => (item.Name, place)).ToDictionary(StringComparer.Ordinal);
        Rows = ReadRows(new DatasetJsonColumn?[head.Items.Count]);
        if (head.Records is { } records && records != Rows)
        {
            throw file.Broken(FormattableString.Invariant($"it says that it has {records} rows, and has {Rows}"));
        }
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<FileField> Fields { get; }

    /// <inheritdoc/>
    internal override int Rows { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">The file is damaged, of another version, or other JSON.</exception>
    internal static DatasetJsonFile Open(string source, ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content;
        var file = new FileBytes(source, "Dataset-JSON file", bytes);
        return new DatasetJsonFile(file, Guarded(file, 0, () => DatasetJsonHead.Read(file)));
    }

    /// <inheritdoc/>
    internal override FileColumn[] Read(IReadOnlyList<int> fields)
    {
        var columns = new DatasetJsonColumn?[head.Items.Count];
        foreach (var field in fields)
        {
            columns[field] = new DatasetJsonColumn(file, head.Items[field]);
        }

        ReadRows(columns);
        return [.. fields.Select(field => columns[field]!.Finish())];
    }

    /// <summary>What is no JSON is said with its line; half a surrogate is text to the reader, and none to whoever asks for it.</summary>
    private static T Guarded<T>(FileBytes file, int start, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException exception)
        {
            var before = file.All.Span[..start].Count((byte)'\n');
            throw file.Broken(FormattableString.Invariant($"line {before + exception.LineNumber + 1} is not JSON"));
        }
        catch (InvalidOperationException)
        {
            throw file.Broken("a text in it is not Unicode");
        }
    }

    private int ReadRows(DatasetJsonColumn?[] columns) => Guarded(file, head.RowStart, () => PassRows(columns));

    /// <summary>Passes the rows' values to the columns, those that are wanted.</summary>
    /// <returns>The number of rows.</returns>
    private int PassRows(DatasetJsonColumn?[] columns)
    {
        var reader = new Utf8JsonReader(file.All.Span[head.RowStart..], new JsonReaderOptions { AllowMultipleValues = true });
        if (!reader.Read() || (head.HasRows && !reader.Read()))
        {
            return 0;
        }

        var rows = 0;
        do
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    ReadArray(ref reader, columns, rows++);
                    break;
                case JsonTokenType.StartObject:
                    ReadObject(ref reader, columns);
                    rows++;
                    break;
                case JsonTokenType.EndArray when head.HasRows:
                    return rows;
                default:
                    throw file.Broken(FormattableString.Invariant($"row {rows + 1} is neither a list nor an object"));
            }
        }
        while (reader.Read());
        return rows;
    }

    private void ReadArray(ref Utf8JsonReader reader, DatasetJsonColumn?[] columns, int row)
    {
        var place = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (place < columns.Length)
            {
                columns[place]?.Add(ref reader);
            }

            reader.Skip();
            place++;
        }

        if (place != columns.Length)
        {
            throw file.Broken(FormattableString.Invariant($"row {row + 1} has {place} values for {columns.Length} columns"));
        }
    }

    private void ReadObject(ref Utf8JsonReader reader, DatasetJsonColumn?[] columns)
    {
        var taken = new bool[columns.Length];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (places.TryGetValue(name, out var place) && !taken[place])
            {
                taken[place] = true;
                columns[place]?.Add(ref reader);
            }

            reader.Skip();
        }

        for (var place = 0; place < taken.Length; place++)
        {
            if (!taken[place])
            {
                columns[place]?.AddAbsent();
            }
        }
    }
}
