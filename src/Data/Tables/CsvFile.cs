using System.Globalization;
using System.Runtime.InteropServices;
using CsvHelper;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Tables;

/// <summary>A CSV file that can be read more than once: for its columns, and for the line of a row that a message is about.</summary>
internal sealed class CsvFile(string path, DatasetReaderOptions options, ReadOnlyMemory<byte>? content = null)
{
    private const int BufferLength = 1 << 18;

    /// <summary>How much of a large file is looked at for its header and separator: more than CsvHelper looks at.</summary>
    private const int FrontLength = 1 << 16;

    /// <summary>The fewest columns for which rows are counted first.</summary>
    private const int LeastCounted = 3;

    private readonly IdlePool<PlainLines> idle = new();
    private int fields;
    private (long Start, char Separator)? body;

    /// <summary>The names in the header, each checked.</summary>
    internal string[] Header()
    {
        if (!options.RowByRow && PlainHeader.Of(Front(), options.Separator) is var (plain, begin, mark))
        {
            (fields, body) = (plain.Length, (begin, mark));
            HeaderNames.Check(path, plain);
            return plain;
        }

        return ReadHeader();
    }

    private string[] ReadHeader()
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
        HeaderNames.Check(path, names);
        body = Length() > options.PieceLength && !options.RowByRow ? Body(reader) : null;
        return names;
    }

    /// <summary>
    /// Passes every row's fields to the columns' readers, which are replaced by others where the file is read a second time.
    /// </summary>
    /// <returns>The number of rows.</returns>
    /// <remarks>A line that is not as it should be is looked for once more from the first row on, to say which it is.</remarks>
    internal int Read(List<ColumnReader> columns)
    {
        if (body is var (start, separator))
        {
            var fresh = columns.ConvertAll(column => column.Part(0, 0));
            var hasQuotes = Expect(columns, start);
            using var pieces = new LinePieces(Stream(start), (int)Math.Min(options.PieceLength, Left(start) + 1), hasQuotes);
            var reading = new PieceReading((lines, readers) => ReadPiece(lines, hasQuotes, separator, readers), options.Threads);
            var rows = reading.Read(pieces, columns);
            if (rows >= 0)
            {
                return rows;
            }

            columns.Clear();
            columns.AddRange(fresh);
        }

        using var reader = Open(trackLines: false);
        var read = 0;
        try
        {
            return ReadRows(reader, columns, ref read) ? read : throw Ragged(reader.FieldCount, read);
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(exception, LineOf(read));
        }
    }

    /// <summary>
    /// Says to the readers of several columns how many rows there are: to count them takes less than to grow so many columns.
    /// </summary>
    /// <returns>Whether anything may be quoted.</returns>
    private bool Expect(List<ColumnReader> columns, long start)
    {
        if (columns.Count < LeastCounted)
        {
            return true;
        }

        // One piece is looked at by one thread. A row has a byte a field at least: lines without anything make no room for rows.
        var threads = Length() > options.PieceLength ? options.Threads : 1;
        var found = LineCount.Of(Stream, start, Length(), threads);
        var rows = (int)Math.Min(Math.Min(found.Lines, (Left(start) / fields) + 1), Array.MaxLength);
        foreach (var column in columns)
        {
            column.Expect(rows);
        }

        return found.HasQuotes;
    }

    private int ReadPiece(ReadOnlyMemory<byte> lines, bool hasQuotes, char separator, IReadOnlyList<ColumnReader> columns)
    {
        if (!hasQuotes || PlainLines.Are(lines.Span))
        {
            var plain = idle.Take() ?? new PlainLines((byte)separator, fields);
            var read = plain.Read(lines.Span, columns);
            idle.Return(plain);
            return read;
        }

        using var reader = CsvReader.Create(lines, Settings(separator) with { HasHeader = false });
        var rows = 0;
        try
        {
            return ReadRows(reader, columns, ref rows) ? rows : -1;
        }
        catch (CsvFormatException)
        {
            return -1;
        }
    }

    /// <summary>Passes rows to readers.</summary>
    /// <returns>Whether each has as many fields as the header.</returns>
    private bool ReadRows(CsvReader reader, IReadOnlyList<ColumnReader> columns, ref int rows)
    {
        var readers = columns.ToArray();
        for (; reader.Read(); rows++)
        {
            CancellationScope.Check(rows);
            if (reader.FieldCount != fields)
            {
                return false;
            }

            foreach (var column in readers)
            {
                column.AddField(reader.GetSpan(column.Place));
            }
        }

        return true;
    }

    /// <summary>The line, from 1, where a row (from 0) starts; null when the file cannot be read any more.</summary>
    internal int? LineOf(int row)
    {
        try
        {
            using var reader = Open(trackLines: true);
            for (var i = 0; reader.Read(); i++)
            {
                CancellationScope.Check(i);
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

    /// <summary>How the fields of a file are told apart.</summary>
    private static CsvReaderOptions Settings(char? separator) => new()
    {
        Separator = separator,
        DetectSeparatorHint = separator is null,
        BufferSize = BufferLength,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    /// <summary>
    /// Where the first row starts, and the separator; null for a file that has no rows, or whose bytes are not those of its text.
    /// </summary>
    private (long Start, char Separator)? Body(CsvReader reader)
    {
        try
        {
            return !IsWide() && reader.Read() ? (reader.ByteOffset, reader.Separator) : null;
        }
        catch (CsvFormatException)
        {
            return null;
        }
    }

    /// <summary>Whether a character takes two or four bytes, as a mark at the beginning says.</summary>
    private bool IsWide()
    {
        Span<byte> mark = stackalloc byte[4];
        using var stream = Stream(0);
        return mark[..stream.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)] is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..]
            or [0, 0, 0xFE, 0xFF];
    }

    /// <summary>The first bytes: all of a file that is one piece.</summary>
    private byte[] Front()
    {
        using var stream = Stream(0);
        var front = new byte[Length() is var length && length <= options.PieceLength ? length : FrontLength];
        return front[..stream.ReadAtLeast(front, front.Length, throwOnEndOfStream: false)];
    }

    /// <summary>How many bytes there are from a place on: none if the file was made shorter since.</summary>
    private long Left(long start) => Math.Max(0, Length() - start);

    private long Length() => content is { } bytes ? bytes.Length : new FileInfo(path).Length;

    private Stream Stream(long start)
    {
        if (content is not { } bytes)
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan })
            {
                Position = start,
            };
        }

        var held = MemoryMarshal.TryGetArray(bytes, out var array) ? array : bytes.ToArray();
        return new MemoryStream(held.Array!, held.Offset, held.Count, writable: false) { Position = start };
    }

    private CsvReader Open(bool trackLines)
    {
        var settings = Settings(options.Separator) with { TrackLineNumbers = trackLines };
        return content is { } bytes ? CsvReader.Create(bytes, settings) : CsvReader.FromFile(path, settings);
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
}
