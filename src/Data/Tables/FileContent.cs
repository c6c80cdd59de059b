using System.Buffers.Binary;
using System.IO.Compression;

namespace MarginalConditional.Data.Tables;

/// <summary>A file's format, and its bytes unless it is a text file, which is read from the disk piece by piece.</summary>
internal readonly record struct FileContent(FileFormat Format, ReadOnlyMemory<byte>? Bytes)
{
    /// <summary>What gzip makes of nothing.</summary>
    private static readonly byte[] EmptyPart = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="content">Its bytes; null for a file on the disk.</param>
    /// <exception cref="InputException">The file is of a format that is not read, or cannot be unpacked.</exception>
    internal static FileContent Of(string path, ReadOnlyMemory<byte>? content)
    {
        var front = content is { } given ? given.Span[..Math.Min(FileSignature.Enough, given.Length)] : Front(path);
        if (FileSignature.IsGzip(front))
        {
            return Read(path, Gunzipped(path, content ?? Whole(path)));
        }

        if (FileSignature.MayBeZlib(front) && Begins(content ?? Whole(path)) is { Length: > 0 } text && FileSignature.IsJson(text))
        {
            return new FileContent(
                FileFormat.Json,
                Unpacked(path, content ?? Whole(path), stream => new ZLibStream(stream, CompressionMode.Decompress)));
        }

        return FileSignature.Of(front) != FileFormat.Text || FileSignature.IsArchive(front) || content is not null
            ? Read(path, content ?? Whole(path))
            : FileSignature.Foreign(front) is { } foreign ? throw foreign.Refusal(path)
            : new FileContent(FileFormat.Text, null);
    }

    private static FileContent Read(string path, ReadOnlyMemory<byte> bytes)
    {
        var format = FileSignature.Of(bytes.Span);
        return format == FileFormat.Text && FileSignature.Foreign(bytes.Span) is { } foreign
            ? throw foreign.Refusal(path)
            : new FileContent(format, bytes);
    }

    private static byte[] Front(string path)
    {
        using var stream = File.OpenRead(path);
        var front = new byte[FileSignature.Enough];
        return front[..stream.ReadAtLeast(front, front.Length, throwOnEndOfStream: false)];
    }

    private static byte[] Whole(string path) => new FileInfo(path).Length <= Array.MaxLength
        ? File.ReadAllBytes(path)
        : throw TooLarge(path);

    /// <summary>What gzip packed, in one part or in several after another.</summary>
    /// <remarks>
    /// The unpacker takes the end of a file that was cut off for the end of the data (RFC 1952 has the length in the last four bytes). A
    /// part more, of nothing, changes nothing behind whole parts, and is taken for data behind one that was cut off.
    /// </remarks>
    private static byte[] Gunzipped(string path, ReadOnlyMemory<byte> content)
    {
        var bytes = Unpacked(path, content, Gunzip);
        if (content.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(content.Span[^4..]) == (uint)bytes.Length)
        {
            return bytes;
        }

        byte[] longer = [.. content.Span, .. EmptyPart];
        return Unpacked(path, longer, Gunzip).Length == bytes.Length
            ? bytes
            : throw Damaged(path, new InvalidDataException("The last part is cut off."));

        static Stream Gunzip(Stream stream) => new GZipStream(stream, CompressionMode.Decompress);
    }

    private static byte[] Unpacked(string path, ReadOnlyMemory<byte> content, Func<Stream, Stream> unpack)
    {
        try
        {
            using var packed = new MemoryStream(content.ToArray(), writable: false);
            using var stream = unpack(packed);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is InvalidDataException || IsOfZlib(exception))
        {
            throw Damaged(path, exception);
        }
        catch (IOException)
        {
            throw TooLarge(path);
        }
    }

    /// <summary>Whether zlib has failed: a kind of <see cref="IOException"/> that has no name outside of the framework.</summary>
    private static bool IsOfZlib(Exception exception) => exception is IOException && exception.GetType() != typeof(IOException);

    /// <summary>The first bytes of what zlib may have packed; empty if it did not.</summary>
    private static byte[] Begins(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var packed = new MemoryStream(content[..Math.Min(FileSignature.Enough, content.Length)].ToArray(), writable: false);
            using var stream = new ZLibStream(packed, CompressionMode.Decompress);
            var front = new byte[16];
            return front[..stream.ReadAtLeast(front, front.Length, throwOnEndOfStream: false)];
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return [];
        }
    }

    private static InputException Damaged(string path, Exception exception) =>
        new("The packed file is damaged: it cannot be unpacked.", exception)
        {
            File = path,
            Hint = "Copy it again from where it was made.",
        };

    private static InputException TooLarge(string path) => new("The file has more than two gigabytes, unpacked.")
    {
        File = path,
        Hint = "Write the columns and rows that the analysis needs as CSV, which is read piece by piece.",
    };
}
