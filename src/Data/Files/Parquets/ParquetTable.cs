using System.Globalization;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace MarginalConditional.Data.Files.Parquets;

/// <summary>A Parquet file without nested columns.</summary>
internal sealed class ParquetTable : FileTable
{
    /// <summary>More rows a byte than any encoder packs into a table with two different rows; a file that claims more is damaged.</summary>
    private const long MostRowsAByte = 1000;

    /// <summary>From here on neighbouring whole numbers share a double.</summary>
    private const long FirstIndistinct = 1L << 53;

    private readonly FileBytes file;
    private readonly ParquetReader reader;
    private readonly DataField[] fields;

    private ParquetTable(FileBytes file, ParquetReader reader)
    {
        this.file = file;
        this.reader = reader;
        fields = reader.Schema.DataFields;
        Fields = [.. fields.Select(field => new FileField(string.Join('.', field.Path)))];
        CheckNames(file, Fields);
        long rows = 0;
        foreach (var group in reader.RowGroups)
        {
            rows = group.RowCount >= 0 && group.RowCount <= MostRowsAByte * file.Length
                ? rows + group.RowCount
                : throw file.Broken(FormattableString.Invariant($"it says that a group has {group.RowCount} rows"));
        }

        Rows = rows <= Math.Min(Array.MaxLength, MostRowsAByte * file.Length)
            ? (int)rows
            : throw file.Broken(FormattableString.Invariant($"it says that it has {rows} rows"));
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<FileField> Fields { get; }

    /// <inheritdoc/>
    internal override int Rows { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ParquetTable Open(string source, ReadOnlyMemory<byte> content)
    {
        var file = new FileBytes(source, "Parquet file", content);
        ParquetPages.CheckFooter(file);
        return Guarded(file, "its end, where its columns are described, cannot be read", () => new ParquetTable(
            file,
            ParquetReader.CreateAsync(new MemoryStream(content.ToArray(), writable: false)).GetAwaiter().GetResult()));
    }

    /// <inheritdoc/>
    private protected override FileColumn Read(int field)
    {
        var one = fields[field];
        if (one.IsArray || one.MaxRepetitionLevel > 0)
        {
            throw new InputException("The column holds lists, not one value a row.")
            {
                File = file.Source,
                Column = Fields[field].Name,
                Hint = "Write each value in a column of its own.",
            };
        }

        return Guarded(file, $"column {Fields[field].Name} cannot be unpacked", () =>
        {
            CheckPages(one);
            return ReadColumn(one, Fields[field].Name);
        });
    }

    private void CheckPages(DataField field)
    {
        foreach (var group in reader.RowGroups)
        {
            var chunk = group.GetMetadata(field)?.MetaData ?? throw file.Broken("a group of rows lacks a column");
            var start = chunk.DictionaryPageOffset is { } first and > 0 ? Math.Min(first, chunk.DataPageOffset) : chunk.DataPageOffset;
            ParquetPages.Check(file, start, chunk.NumValues, group.RowCount);
        }
    }

    private static T Guarded<T>(FileBytes file, string problem, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not InputException && MissingLibrary.NameOf(exception) is null)
        {
            throw file.Broken(problem);
        }
    }

    private FileColumn ReadColumn(DataField field, string name)
    {
        var type = field.ClrType;
        return type == typeof(double) ? Numbers<double>(field, value => value)
            : type == typeof(float) ? Numbers<float>(field, value => value)
            : type == typeof(long) ? Whole(field)
            : type == typeof(ulong) ? Whole(field)
            : type == typeof(int) ? Numbers<int>(field, value => value)
            : type == typeof(uint) ? Numbers<uint>(field, value => value)
            : type == typeof(short) ? Numbers<short>(field, value => value)
            : type == typeof(ushort) ? Numbers<ushort>(field, value => value)
            : type == typeof(sbyte) ? Numbers<sbyte>(field, value => value)
            : type == typeof(byte) ? Numbers<byte>(field, value => value)
            : type == typeof(decimal) ? Numbers<decimal>(field, value => (double)value)
            : type == typeof(bool) ? Texts<bool>(field, value => value ? "TRUE" : "FALSE")
            : type == typeof(DateTime) ? Dates<DateTime>(field, value => value)
            : type == typeof(DateOnly) ? Dates<DateOnly>(field, value => value.ToDateTime(TimeOnly.MinValue))
            : type == typeof(TimeSpan) ? Texts<TimeSpan>(field, value => value.ToString("c", CultureInfo.InvariantCulture))
            : type == typeof(TimeOnly) ? Texts<TimeOnly>(field, value => value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture))
            : type == typeof(Guid) ? Texts<Guid>(field, value => value.ToString())
            : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? Strings(field)
            : throw new InputException($"The column is of the type {type.Name}, which is neither number, text nor date.")
            {
                File = file.Source,
                Column = name,
                Hint = "Leave the column out, or write it as text.",
            };
    }

    private FileColumn.Numbers Numbers<T>(DataField field, Func<T, double> convert)
        where T : struct => new(Array.ConvertAll(Values<T>(field), value => value is { } one ? convert(one) : double.NaN));

    private FileColumn.Texts Texts<T>(DataField field, Func<T, string> convert)
        where T : struct
    {
        var texts = new TextLevels();
        foreach (var value in Values<T>(field))
        {
            if (value is { } one)
            {
                texts.Add(convert(one));
            }
            else
            {
                texts.AddMissing();
            }
        }

        return texts.Finish();
    }

    private FileColumn.Texts Dates<T>(DataField field, Func<T, DateTime> convert)
        where T : struct
    {
        var dates = Array.ConvertAll(
            Values<T>(field), value => value is { } one ? (DateTime?)DateTime.SpecifyKind(convert(one), default) : null);
        return FileDates.Of(dates, hasTime: Array.Exists(dates, date => date is { } one && one.TimeOfDay != TimeSpan.Zero));
    }

    /// <summary>Long whole numbers: names rather than numbers where a double cannot hold them.</summary>
    private FileColumn Whole(DataField field)
    {
        var isSigned = field.ClrType == typeof(long);
        var values = isSigned ? Array.ConvertAll(Values<long>(field), value => (Int128?)value)
            : Array.ConvertAll(Values<ulong>(field), value => (Int128?)value);
        if (!Array.Exists(values, value => value is { } one && Int128.Abs(one) >= FirstIndistinct))
        {
            return new FileColumn.Numbers(Array.ConvertAll(values, value => value is { } one ? (double)one : double.NaN));
        }

        var texts = new TextLevels();
        foreach (var value in values)
        {
            texts.Add(value?.ToString(CultureInfo.InvariantCulture) ?? string.Empty);
        }

        var column = texts.Finish();
        return new FileColumn.Texts(column.Codes, column.Levels)
        {
            Notes = ["it holds whole numbers of more than 15 digits, which are read as text, as names are"],
        };
    }

    private T?[] Values<T>(DataField field)
        where T : struct
    {
        var all = new T?[Rows];
        var start = 0;
        foreach (var group in reader.RowGroups)
        {
            var length = (int)group.RowCount;
            if (field.IsNullable)
            {
                group.ReadAsync(field, all.AsMemory(start, length)).AsTask().GetAwaiter().GetResult();
            }
            else
            {
                var plain = new T[length];
                group.ReadAsync<T>(field, plain.AsMemory()).AsTask().GetAwaiter().GetResult();
                for (var i = 0; i < length; i++)
                {
                    all[start + i] = plain[i];
                }
            }

            start += length;
        }

        return all;
    }

    private FileColumn.Texts Strings(DataField field)
    {
        var texts = new TextLevels();
        foreach (var group in reader.RowGroups)
        {
            var values = new string?[group.RowCount];
            group.ReadAsync(field, values.AsMemory()!).AsTask().GetAwaiter().GetResult();
            foreach (var value in values)
            {
                texts.Add(value ?? string.Empty);
            }
        }

        return texts.Finish();
    }
}
