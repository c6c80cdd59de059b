using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Tables;

/// <summary>What a look at all bytes of a text says: its ends of lines, and whether anything may be quoted.</summary>
internal readonly record struct LineCount
{
    private const int Length = 1 << 18;

    private long Feeds { get; init; }

    private long Returns { get; init; }

    /// <summary>Whether there is a double quote.</summary>
    internal bool HasQuotes { get; private init; }

    /// <summary>How many lines there are, those within quotes and those without anything included.</summary>
    internal long Lines => (Feeds == 0 ? Returns : Feeds) + (IsOpen ? 1 : 0);

    /// <summary>Whether the last line lacks its end.</summary>
    private bool IsOpen { get; init; }

    /// <summary>How many lines some bytes have, the last perhaps without its end.</summary>
    internal static int LinesIn(ReadOnlySpan<byte> bytes) => (int)default(LineCount).With(bytes).Lines;

    /// <summary>Looks at a text on several threads, each of which reads a part.</summary>
    /// <param name="open">The text from a place on.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="to">The place after the last byte.</param>
    /// <param name="threads">How many threads may look; 0 for all processors.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static LineCount Of(Func<long, Stream> open, long from, long to, int threads)
    {
        if (threads == 1)
        {
            return Of(open, from, to);
        }

        var parts = new LineCount[threads == 0 ? Environment.ProcessorCount : threads];
        ParallelWork.For(0, parts.Length, threads, part => parts[part] = Of(open, Cut(part), Cut(part + 1)));
        var all = parts[^1];
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            all = all with
            {
                Feeds = all.Feeds + part.Feeds,
                Returns = all.Returns + part.Returns,
                HasQuotes = all.HasQuotes || part.HasQuotes,
            };
        }

        return all;

        long Cut(int part) => part == parts.Length ? to : from + ((to - from) / parts.Length * part);
    }

    private static LineCount Of(Func<long, Stream> open, long from, long to)
    {
        using var source = open(from);
        var buffer = new byte[Length];
        var found = default(LineCount);
        for (int read; from < to && (read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, to - from))) > 0; from += read)
        {
            CancellationScope.Check();
            found = found.With(buffer.AsSpan(0, read));
        }

        return found;
    }

    /// <summary>This and what comes next.</summary>
    private LineCount With(ReadOnlySpan<byte> bytes)
    {
        var feeds = Feeds + bytes.Count((byte)'\n');
        return new LineCount
        {
            Feeds = feeds,
            Returns = Returns + (feeds == 0 ? bytes.Count((byte)'\r') : 0),
            HasQuotes = HasQuotes || bytes.Contains((byte)'"'),
            IsOpen = bytes is [.., not ((byte)'\n' or (byte)'\r')],
        };
    }
}
