using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Simulation.Storage;

/// <summary>A file of rows that grows by whole blocks. A block ends with a line that vouches for it and for all before it.</summary>
/// <remarks>
/// The line is <c>#block,ROWS,CHECKSUM</c>, the checksum being the beginning of the SHA-256 of the checksum before and the block's own
/// bytes. A process that is killed while it writes leaves a block without its line, which is dropped; a block that was changed, moved or
/// removed afterwards no longer fits its line, and is named. To readers that take <c>#</c> for a comment the file is ordinary CSV.
/// </remarks>
public sealed class RowJournal : IDisposable
{
    /// <summary>How the line that ends a block begins.</summary>
    public const string Mark = "#block,";

    /// <summary>Hexadecimal digits of a checksum that are written.</summary>
    private const int Digits = 32;

    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly FileStream stream;
    private string chain;

    private RowJournal(FileStream stream, string chain, IReadOnlyList<(int Line, string Row)> rows, int tornRows)
    {
        this.stream = stream;
        this.chain = chain;
        Rows = rows;
        TornRows = tornRows;
    }

    /// <summary>The rows that were there when the file was opened, each with its line, counted from 1.</summary>
    public IReadOnlyList<(int Line, string Row)> Rows { get; }

    /// <summary>Lines of a block without its end, which were dropped.</summary>
    public int TornRows { get; }

    /// <summary>Opens a journal to go on with it, or makes one. What a killed process left of a block is cut off.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InputException">A block was changed after it was written: its lines are named.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static RowJournal Open(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var rows = new List<(int, string)>();
            var (chain, end, torn) = Walk(bytes, path, rows);
            stream.SetLength(end);
            stream.Position = end;
            return new RowJournal(stream, chain, rows, torn);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Adds a block, by one write.</summary>
    /// <param name="rows">Whole lines, each with its line feed; nothing is written if there are none.</param>
    /// <exception cref="IOException">The file cannot be written, as on a full disk.</exception>
    public void Append(string rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Length == 0)
        {
            return;
        }

        var block = Encoding.GetBytes(rows);
        var next = Next(chain, block);
        stream.Write([.. block, .. Encoding.GetBytes(EndOf(rows.AsSpan().Count('\n'), next))]);
        chain = next;
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private static string EndOf(int rows, string checksum) => string.Create(CultureInfo.InvariantCulture, $"{Mark}{rows},{checksum}\n");

    private static string Next(string before, ReadOnlySpan<byte> block)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.GetBytes(before));
        hash.AppendData(block);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Digits];
    }

    /// <summary>Goes through the blocks: the last checksum, where the last whole block ends, and the lines after it.</summary>
    private static (string Chain, long End, int Torn) Walk(ReadOnlySpan<byte> bytes, string path, List<(int Line, string Row)> rows)
    {
        var (chain, start, at, line, first) = (string.Empty, 0, 0, 1, 1);
        var block = new List<(int Line, string Row)>();
        while (bytes[at..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var text = Encoding.GetString(bytes.Slice(at, length));
            if (text.StartsWith(Mark, StringComparison.Ordinal))
            {
                chain = Next(chain, bytes[start..at]);
                if (text + "\n" != EndOf(block.Count, chain))
                {
                    throw Changed(path, first, line);
                }

                rows.AddRange(block);
                block.Clear();
                (start, first) = (at + length + 1, line + 1);
            }
            else
            {
                block.Add((line, text));
            }

            at += length + 1;
            line++;
        }

        return (chain, start, block.Count + (at < bytes.Length ? 1 : 0));
    }

    private static InputException Changed(string path, int first, int last) =>
        new(FormattableString.Invariant(
            $"Lines {first} to {last} are not as they were written: rows were changed, removed or added, or the disk lost some."))
        {
            File = path,
            Line = first,
            Hint = "Put the file back as it was, or run the study again with --overwrite or in another folder.",
        };
}
