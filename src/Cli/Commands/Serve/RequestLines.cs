using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Serve;

/// <summary>Reads lines of bytes of bounded length from a stream, without waiting for more than the line.</summary>
/// <param name="input">The stream.</param>
/// <param name="longest">The largest number of bytes of a line; of a longer one that many and one are given.</param>
internal sealed class RequestLines(Stream input, int longest = RequestLines.Longest)
{
    /// <summary>The largest number of bytes of a line.</summary>
    public const int Longest = 1 << 28;

    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    /// <summary>The next line without its line feed, to be used before the next is read; null at the end of the stream.</summary>
    public ReadOnlyMemory<byte>? Read()
    {
        var looked = start;
        while (true)
        {
            var feed = buffer.AsSpan(looked, end - looked).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var line = buffer.AsMemory(start, looked + feed - start);
                start = looked + feed + 1;
                return line;
            }

            looked = end;
            if (end - start > longest)
            {
                return Skip();
            }

            MakeRoom(ref looked);
            var read = input.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                var rest = buffer.AsMemory(start, end - start);
                start = end;
                return rest.IsEmpty ? default(ReadOnlyMemory<byte>?) : rest;
            }

            end += read;
        }
    }

    /// <summary>Requires that a line is not one of which only the beginning was kept.</summary>
    /// <exception cref="InputException">It is.</exception>
    public static void RequireWhole(ReadOnlySpan<byte> line, int longest = Longest)
    {
        if (line.Length > longest)
        {
            throw new InputException(FormattableString.Invariant($"The request has more than {longest:N0} bytes."))
            {
                Hint = "Write the data into a file, and name the file.",
            };
        }
    }

    /// <summary>The beginning of a line that is too long; the rest of it is read and forgotten.</summary>
    private ReadOnlyMemory<byte> Skip()
    {
        var beginning = buffer.AsSpan(start, longest + 1).ToArray();
        var feed = -1;
        while (feed < 0)
        {
            (start, end) = (0, input.Read(buffer, 0, buffer.Length));
            if (end == 0)
            {
                return beginning;
            }

            feed = buffer.AsSpan(0, end).IndexOf((byte)'\n');
        }

        start = feed + 1;
        return beginning;
    }

    private void MakeRoom(ref int looked)
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (looked, end, start) = (looked - start, end - start, 0);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}
