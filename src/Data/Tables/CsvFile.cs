using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;

namespace MarginalConditional.Data.Tables;

/// <summary>A CSV file that can be read more than once: for its columns, and for the line of a row that a message is about.</summary>
internal sealed class CsvFile(string path, DatasetReaderOptions options, ReadOnlyMemory<byte>? content = null)
{
    private const int BufferLength = 1 << 18;

    private int fields;

    /// <summary>The names in the header, each checked.</summary>
    internal string[] Header()
    {
        using var reader = Open(trackLines: false);
        try
        {
            reader.ReadHeader();
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception, 1);
        }

        var names = reader.Headers.Select(name => name.Trim()).ToArray();
        fields = names.Length;
        CheckHeader(names);
        return names;
    }

    /// <summary>Passes every row's fields to the columns' readers.</summary>
    /// <returns>The number of rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Read(List<ColumnReader> columns)
    {
        var readers = columns.ToArray();
        var rows = 0;
        using var reader = Open(trackLines: false);
        try
        {
            while (reader.Read())
            {
                if (reader.FieldCount != fields)
                {
                    throw Ragged(reader.FieldCount, rows);
                }

                foreach (var column in readers)
                {
                    column.Add(Trim(reader.GetSpan(column.Place)));
                }

                rows++;
            }
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception, LineOf(rows));
        }

        return rows;
    }

    /// <summary>The line, from 1, where a row (from 0) starts; null when the file cannot be read any more.</summary>
    internal int? LineOf(int row)
    {
        try
        {
            using var reader = Open(trackLines: true);
            for (var i = 0; reader.Read(); i++)
            {
                if (i == row)
                {
                    return (int)reader.LineNumber;
                }
            }

            return null;
        }
        catch (CsvFormatException exception)
        {
            return exception.LineNumber > 0 ? (int)exception.LineNumber : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> field) =>
        field.Length > 0 && (field[0] <= ' ' || field[^1] <= ' ') ? field.Trim(" \t"u8) : field;

    private CsvReader Open(bool trackLines)
    {
        var settings = new CsvReaderOptions
        {
            Separator = options.Separator,
            DetectSeparatorHint = options.Separator is null,
            BufferSize = BufferLength,
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Allow,
            TrackLineNumbers = trackLines,
        };
        return content is { } bytes ? CsvReader.Create(bytes, settings) : CsvReader.FromFile(path, settings);
    }

    private void CheckHeader(string[] names)
    {
        if (names.Length == 0 || (names.Length == 1 && names[0].Length == 0))
        {
            throw new InputException("The file is empty.")
            {
                File = path,
                Hint = "A table has a header with the names of its columns, and a line for each row.",
            };
        }

        if (names.Any(name => name.Any(character => char.IsControl(character) || character == Rune.ReplacementChar.Value)))
        {
            throw new InputException("This is not a text file in UTF-8.")
            {
                File = path,
                Line = 1,
                Hint = "Export the table as CSV, in the encoding UTF-8.",
            };
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length > 0 && !seen.TryAdd(names[i], i))
            {
                throw new InputException($"Two columns are called \"{names[i]}\": the {Ordinal(seen[names[i]])} and the {Ordinal(i)}.")
                {
                    File = path,
                    Line = 1,
                    Hint = "Give each column a name of its own.",
                };
            }
        }

        // R writes row names under an empty heading; such a column cannot be asked for by name.
        for (var i = 0; i < names.Length; i++)
        {
            for (var number = i + 1; names[i].Length == 0 || (seen.TryGetValue(names[i], out var at) && at != i); number++)
            {
                names[i] = string.Create(CultureInfo.InvariantCulture, $"column{number}");
            }

            seen[names[i]] = i;
        }
    }

    private InputException Ragged(int found, int row) =>
        new($"The line has {Count(found)}, but the header has {fields}.")
        {
            File = path,
            Line = LineOf(row),
            Hint = found < fields
                ? "Write a missing value as NA or leave its field empty, with the separators around it."
                : "Put a field that contains the separator between double quotes.",
        };

    private InputException Malformed(CsvFormatException exception, int? line) =>
        new("A double quote is not closed, or text stands beside it.", exception)
        {
            File = path,
            Line = exception.LineNumber > 0 ? (int)exception.LineNumber : line,
            Hint = "A quoted field starts and ends with a double quote; one inside is written twice.",
        };

    private static string Count(int number) => number == 1 ? "1 field" : string.Create(CultureInfo.InvariantCulture, $"{number} fields");

    private static string Ordinal(int index)
    {
        var number = index + 1;
        var ending = (number % 100) is >= 11 and <= 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return string.Create(CultureInfo.InvariantCulture, $"{number}{ending}");
    }
}
