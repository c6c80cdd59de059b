using System.Text;
using MarginalConditional.Data.Files.Sas;

namespace MarginalConditional.Data.Tables;

/// <summary>Tells the format of a file by its content; the ending of its name counts for nothing.</summary>
internal static class FileSignature
{
    /// <summary>So many bytes from the front tell every format but that of archives.</summary>
    internal const int Enough = 600;

    private static readonly byte[] SasDataFile =
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60,
    ];

    /// <summary>The format of a file that is read; <see cref="FileFormat.Text"/> also for those that are refused later.</summary>
    internal static FileFormat Of(ReadOnlySpan<byte> content) =>
        XptHeader.Begins(content) ? FileFormat.SasTransport
        : content.StartsWith("<stata_dta>"u8) ? FileFormat.Stata
        : content.StartsWith("PAR1"u8) ? FileFormat.Parquet
        : IsArchive(content) && content.IndexOf("xl/workbook.xml"u8) >= 0 ? FileFormat.Excel
        : IsJson(content) ? FileFormat.Json
        : FileFormat.Text;

    /// <summary>Whether a file is packed by gzip.</summary>
    internal static bool IsGzip(ReadOnlySpan<byte> content) => content.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 8]);

    /// <summary>Whether a file may be packed by zlib, as Dataset-JSON is: text may begin so too.</summary>
    internal static bool MayBeZlib(ReadOnlySpan<byte> content) =>
        content.Length > 2 && content[0] == 0x78 && ((content[0] << 8) + content[1]) % 31 == 0;

    /// <summary>Whether a file is a zip archive.</summary>
    internal static bool IsArchive(ReadOnlySpan<byte> content) => content.StartsWith("PK\x03\x04"u8);

    /// <summary>Whether text is an object of JSON, and no header of a column that begins with a brace.</summary>
    internal static bool IsJson(ReadOnlySpan<byte> content)
    {
        content = content.StartsWith("\uFEFF"u8) ? content["\uFEFF"u8.Length..] : content;
        content = content.TrimStart(" \t\r\n"u8);
        if (!content.StartsWith("{"u8))
        {
            return false;
        }

        content = content[1..].TrimStart(" \t\r\n"u8);
        return content.Length > 0 && content[0] is (byte)'"' or (byte)'}';
    }

    /// <summary>The program whose files are not read but told from others; null for all else.</summary>
    /// <param name="content">The first bytes, unpacked.</param>
    internal static ForeignFormat? Foreign(ReadOnlySpan<byte> content) =>
        content.StartsWith(SasDataFile) ? ForeignFormat.SasData
        : content.StartsWith("**COMPRESSED**"u8) ? ForeignFormat.SasPort
        : content.StartsWith("$FL2"u8) || content.StartsWith("$FL3"u8) ? ForeignFormat.SpssSystem
        : content[..Math.Min(Enough, content.Length)].IndexOf("SPSSPORT"u8) >= 0 ? ForeignFormat.SpssPortable
        : content.StartsWith("X\n\0\0\0"u8) || content.StartsWith("A\n2\n"u8) || content.StartsWith("A\n3\n"u8) ? ForeignFormat.RObject
        : content.StartsWith("RDX2\n"u8) || content.StartsWith("RDX3\n"u8) || content.StartsWith("RDA3\n"u8) ? ForeignFormat.RWorkspace
        : content is [>= 0x69 and <= 0x73, 1 or 2, 1, 0, ..] ? ForeignFormat.OldStata
        : content.StartsWith("ARROW1"u8) || content.StartsWith("FEA1"u8) ? ForeignFormat.Feather
        : content.StartsWith("PARE"u8) ? ForeignFormat.EncryptedParquet
        : content.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? ForeignFormat.OldExcel
        : content.StartsWith("%PDF-"u8) ? ForeignFormat.Document
        : IsWebPage(content) ? ForeignFormat.WebPage
        : IsArchive(content) ? ForeignFormat.Archive
        : content.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) ? ForeignFormat.Xz
        : content is [0x42, 0x5A, 0x68, >= 0x31 and <= 0x39, 0x31, 0x41, ..] ? ForeignFormat.Bzip
        : null;

    private static bool IsWebPage(ReadOnlySpan<byte> content)
    {
        content = content.TrimStart(" \t\r\n\uFEFF"u8);
        return Ascii.EqualsIgnoreCase(content[..Math.Min(9, content.Length)], "<!DOCTYPE"u8)
            || Ascii.EqualsIgnoreCase(content[..Math.Min(5, content.Length)], "<html"u8);
    }
}
