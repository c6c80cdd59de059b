using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Tables;

/// <summary>Reads lines in which nothing is quoted: a field ends at the next separator or end of line, whatever stands before it.</summary>
/// <remarks>
/// Most large files are so. Some thousand fields are found at first, 64 bytes at a time, and then each column reads its own, so that it
/// goes through fields of one shape without asking what a field is. An empty line is no row, as for CsvHelper, which reads lines with
/// quotes.
/// </remarks>
internal sealed class PlainLines
{
    /// <summary>
    /// How many fields are found before they are read: they and the bytes they stand in stay in a processor's own memory.
    /// </summary>
    private const int BlockLength = 1 << 13;

    /// <summary>How many bytes are looked at together.</summary>
    private const int Width = 64;

    private readonly byte separator;
    private readonly int fields;
    private readonly int enough;
    private readonly FieldPlace[] places;
    private int count;
    private int start;
    private int lacking;

    /// <summary>Makes room.</summary>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="fields">How many fields a row has.</param>
    internal PlainLines(byte separator, int fields)
    {
        (this.separator, this.fields, enough) = (separator, fields, Math.Max(BlockLength, fields));
        places = new FieldPlace[enough + Width];
    }

    /// <summary>Whether nothing is quoted in some lines.</summary>
    internal static bool Are(ReadOnlySpan<byte> lines) => !lines.Contains((byte)'"');

    /// <summary>Passes every row's fields to the columns' readers.</summary>
    /// <param name="lines">Whole lines; the last need not have an end.</param>
    /// <param name="columns">The readers.</param>
    /// <returns>The number of rows; −1 if one has more or fewer fields, with the readers left somewhere in between.</returns>
    internal int Read(ReadOnlySpan<byte> lines, IReadOnlyList<ColumnReader> columns)
    {
        var rows = 0;
        (count, start, lacking) = (0, 0, fields);
        for (var at = 0; at < lines.Length; at += Width)
        {
            if (!Find(lines, at))
            {
                return -1;
            }

            if (count >= enough)
            {
                rows += Pass(lines, columns);
            }
        }

        if (start < lines.Length || lacking < fields)
        {
            if (lacking != 1)
            {
                return -1;
            }

            places[count++] = new FieldPlace(start, lines.Length);
        }

        return rows + Pass(lines, columns);
    }

    /// <summary>Passes the fields of the rows that are whole, and keeps the others.</summary>
    private int Pass(ReadOnlySpan<byte> lines, IReadOnlyList<ColumnReader> columns)
    {
        CancellationScope.Check();
        var rows = count / fields;
        var whole = rows * fields;
        for (var i = 0; i < columns.Count && rows > 0; i++)
        {
            columns[i].AddFields(lines, places.AsSpan(0, whole), fields);
        }

        places.AsSpan(whole, count - whole).CopyTo(places);
        count -= whole;
        return rows;
    }

    /// <summary>Finds the fields that end in the bytes from a place on.</summary>
    /// <returns>Whether the lines that end there have as many fields as they should.</returns>
    private bool Find(ReadOnlySpan<byte> lines, int at)
    {
        var (found, from, left) = (count, start, lacking);
        for (var marks = Marks(lines[at..]); marks != 0; marks &= marks - 1)
        {
            var end = at + BitOperations.TrailingZeroCount(marks);
            if (lines[end] == separator)
            {
                if (--left == 0)
                {
                    return false;
                }
            }
            else if (left == fields && end == from)
            {
                from++;
                continue;
            }
            else if (left != 1)
            {
                return false;
            }
            else
            {
                left = fields;
            }

            places[found++] = new FieldPlace(from, end);
            from = end + 1;
        }

        (count, start, lacking) = (found, from, left);
        return true;
    }

    /// <summary>Which of the first bytes are separators or ends of lines, the first in the lowest bit.</summary>
    private ulong Marks(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= Width)
        {
            return Marks(Vector256.Create(bytes)) | ((ulong)Marks(Vector256.Create(bytes[32..])) << 32);
        }

        var marks = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            marks |= bytes[i] == separator || bytes[i] is (byte)'\n' or (byte)'\r' ? 1UL << i : 0;
        }

        return marks;
    }

    private uint Marks(Vector256<byte> bytes) => (Vector256.Equals(bytes, Vector256.Create(separator))
        | Vector256.Equals(bytes, Vector256.Create((byte)'\n'))
        | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
}
