using System.Buffers.Binary;

namespace MarginalConditional.Data.Files;

/// <summary>A file's bytes, read with checks: whatever a damaged file claims of itself, nothing outside of it is read.</summary>
/// <param name="source">The file as the user named it.</param>
/// <param name="format">What the format is called in messages.</param>
/// <param name="bytes">All bytes of the file.</param>
internal sealed class FileBytes(string source, string format, ReadOnlyMemory<byte> bytes)
{
    /// <summary>The file as the user named it.</summary>
    internal string Source => source;

    /// <summary>The number of bytes.</summary>
    internal int Length => bytes.Length;

    /// <summary>Whether numbers have their least significant byte first. Default: no.</summary>
    internal bool IsLittleEndian { get; init; }

    /// <summary>All bytes.</summary>
    internal ReadOnlyMemory<byte> All => bytes;

    /// <summary>Some bytes.</summary>
    /// <param name="start">The place of the first, from 0.</param>
    /// <param name="length">How many.</param>
    /// <param name="what">What stands there, for the message when the file does not reach so far.</param>
    /// <exception cref="InputException">The file ends before.</exception>
    internal ReadOnlySpan<byte> At(long start, long length, string what) =>
        start >= 0 && length >= 0 && start <= bytes.Length && length <= bytes.Length - start
            ? bytes.Span.Slice((int)start, (int)length)
            : throw Broken($"it ends within {what}");

    /// <summary>A whole number of two bytes.</summary>
    internal int Int16(long start, string what) => IsLittleEndian
        ? BinaryPrimitives.ReadInt16LittleEndian(At(start, 2, what))
        : BinaryPrimitives.ReadInt16BigEndian(At(start, 2, what));

    /// <summary>A whole number of four bytes.</summary>
    internal int Int32(long start, string what) => IsLittleEndian
        ? BinaryPrimitives.ReadInt32LittleEndian(At(start, 4, what))
        : BinaryPrimitives.ReadInt32BigEndian(At(start, 4, what));

    /// <summary>A whole number of one to eight bytes without sign.</summary>
    internal ulong Unsigned(long start, int length, string what)
    {
        var span = At(start, length, what);
        var value = 0UL;
        for (var i = 0; i < length; i++)
        {
            value = (value << 8) | span[IsLittleEndian ? length - 1 - i : i];
        }

        return value;
    }

    /// <summary>The refusal of a file that is not what it says it is.</summary>
    /// <param name="problem">What is wrong, as a clause that follows a colon.</param>
    internal InputException Broken(string problem) => new($"The {format} is damaged: {problem}.")
    {
        File = source,
        Hint = "Copy it again from where it was made, or export it once more.",
    };
}
