using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Tables;

/// <summary>Reads the rows of a text file piece by piece on several threads.</summary>
/// <remarks>
/// The first piece shows which columns hold numbers, and the readers of the others begin with that. Each has readers of its own, which are
/// joined in the order of the pieces, so that a column has the same bits for any number of threads.
/// </remarks>
/// <param name="read">Passes the rows of some lines to readers; says how many there were, or −1 where one is not as it should be.</param>
/// <param name="threads">How many threads may read; 0 for all processors.</param>
internal sealed class PieceReading(Func<ReadOnlyMemory<byte>, IReadOnlyList<ColumnReader>, int> read, int threads)
{
    /// <summary>Passes every row's fields to the columns' readers.</summary>
    /// <param name="pieces">The lines.</param>
    /// <param name="columns">The readers; when a line is not as it should be they are left somewhere in between.</param>
    /// <returns>The number of rows; −1 if a line is not as it should be.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal int Read(LinePieces pieces, IReadOnlyList<ColumnReader> columns)
    {
        if (pieces.Next() is not { } first)
        {
            return 0;
        }

        var rows = Read(first.Lines, columns, pieces);
        return rows < 0 || pieces.IsOver ? rows : threads == 1 ? ReadOn(pieces, columns, rows) : ReadRest(pieces, columns, rows);
    }

    /// <summary>Reads one piece after the other.</summary>
    private int ReadOn(LinePieces pieces, IReadOnlyList<ColumnReader> columns, int rows)
    {
        while (pieces.Next() is var (_, lines))
        {
            var read = Read(lines, columns, pieces);
            if (read < 0)
            {
                return read;
            }

            rows += read;
        }

        return rows;
    }

    private int ReadRest(LinePieces pieces, IReadOnlyList<ColumnReader> columns, int rows)
    {
        var parts = new List<Part>();
        ReadParts(pieces, columns, rows, parts);
        return Join(rows, parts, columns);
    }

    /// <summary>Each thread takes the next piece until there is none, or one is not as it should be.</summary>
    private void ReadParts(LinePieces pieces, IReadOnlyList<ColumnReader> columns, int rows, List<Part> parts)
    {
        ParallelWork.For(0, threads == 0 ? Environment.ProcessorCount : threads, threads, _ =>
        {
            while (Next() is var (index, lines, from, expected))
            {
                var readers = columns.Select(column => column.Part(from, expected)).ToArray();
                var part = new Part(index, Read(lines, readers, pieces), readers);
                lock (parts)
                {
                    parts.Add(part);
                }
            }
        });

        (int Index, ReadOnlyMemory<byte> Lines, int From, int Expected)? Next()
        {
            lock (parts)
            {
                if (parts.Exists(part => part.Rows < 0) || pieces.Next() is not var (index, lines))
                {
                    return null;
                }

                var (from, expected) = (rows, LineCount.LinesIn(lines.Span));
                rows += expected;
                return (index, lines, from, expected);
            }
        }
    }

    private int Read(ReadOnlyMemory<byte> lines, IReadOnlyList<ColumnReader> columns, LinePieces pieces)
    {
        var rows = read(lines, columns);
        pieces.Return(lines);
        return rows;
    }

    private static int Join(int rows, List<Part> parts, IReadOnlyList<ColumnReader> columns)
    {
        if (parts.Exists(part => part.Rows < 0))
        {
            return -1;
        }

        parts.Sort((a, b) => a.Piece.CompareTo(b.Piece));
        foreach (var part in parts)
        {
            rows += part.Rows;
            for (var i = 0; i < columns.Count; i++)
            {
                columns[i].Append(part.Columns[i]);
            }
        }

        return rows;
    }

    /// <summary>What was read of a piece.</summary>
    private sealed record Part(int Piece, int Rows, ColumnReader[] Columns);
}
