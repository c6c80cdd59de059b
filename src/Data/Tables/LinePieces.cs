using System.Runtime.InteropServices;

namespace MarginalConditional.Data.Tables;

/// <summary>Cuts a text file into pieces of whole lines, each of which can be read without the others.</summary>
/// <remarks>
/// A line ends at a line feed or carriage return with an even number of double quotes before it; with an odd number it stands inside a
/// quoted field. That is so for every file in which quotes are where they belong, and the others are refused by whoever reads the pieces.
/// One thread at a time may ask for the next piece; <see cref="Return"/> may be called by any.
/// </remarks>
/// <param name="source">The file, at the first byte after its header.</param>
/// <param name="length">How many bytes a piece has at first; one that holds no whole line grows.</param>
/// <param name="hasQuotes">Whether there may be a double quote.</param>
internal sealed class LinePieces(Stream source, int length, bool hasQuotes) : IDisposable
{
    private const byte Quote = (byte)'"';

    private readonly IdlePool<byte[]> idle = new();
    private byte[] rest = [];
    private int index;
    private bool ended;

    /// <summary>Whether the last lines have been given.</summary>
    internal bool IsOver => ended && rest.Length == 0;

    /// <summary>The next lines; null after the last.</summary>
    /// <exception cref="IOException">The file cannot be read, or a line does not fit into memory.</exception>
    internal (int Index, ReadOnlyMemory<byte> Lines)? Next()
    {
        if (IsOver)
        {
            return null;
        }

        var buffer = Buffer(Math.Max(length, rest.Length));
        rest.CopyTo(buffer, 0);
        var filled = rest.Length;
        while (true)
        {
            filled += source.ReadAtLeast(buffer.AsSpan(filled), buffer.Length - filled, throwOnEndOfStream: false);
            ended = filled < buffer.Length;
            var end = ended ? filled : EndOfLines(buffer.AsSpan(0, filled));
            if (end > 0 || ended)
            {
                rest = buffer[end..filled];
                return filled == 0 ? null : (index++, buffer.AsMemory(0, end));
            }

            if (buffer.Length > Array.MaxLength / 2)
            {
                throw new IOException("a line has more than a gigabyte");
            }

            Array.Resize(ref buffer, 2 * buffer.Length);
        }
    }

    /// <summary>Gives the memory of a piece back, whose lines are not looked at any more.</summary>
    internal void Return(ReadOnlyMemory<byte> lines)
    {
        if (MemoryMarshal.TryGetArray(lines, out var bytes) && bytes.Array is { } buffer)
        {
            idle.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => source.Dispose();

    private byte[] Buffer(int least) => idle.Take() is { } buffer && buffer.Length >= least ? buffer : new byte[least];

    /// <summary>The place after the last line that ends outside of quotes; 0 if none does.</summary>
    private int EndOfLines(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.LastIndexOfAny((byte)'\n', (byte)'\r');
        var quotes = hasQuotes ? bytes[..(end + 1)].Count(Quote) : 0;
        while (end >= 0 && quotes % 2 != 0)
        {
            var before = bytes[..end].LastIndexOfAny((byte)'\n', (byte)'\r');
            quotes -= bytes[(before + 1)..end].Count(Quote);
            end = before;
        }

        return end + 1;
    }
}
