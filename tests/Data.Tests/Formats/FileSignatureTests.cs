using System.IO.Compression;
using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary><see cref="FileSignature"/>: formats are told by their first bytes, and what is not read is refused with a way out.</summary>
public sealed class FileSignatureTests
{
    /// <summary>First bytes as the formats' descriptions give them, with a word of what a refusal says.</summary>
    public static TheoryData<byte[], string> Foreign => new()
    {
        { [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xC2, 0xEA, 0x81, 0x60, 0xB3], "sas7bdat" },
        { "**COMPRESSED** **COMPRESSED**"u8.ToArray(), "PROC CPORT" },
        { "$FL2@(#) SPSS DATA FILE"u8.ToArray(), "SPSS data file" },
        { "$FL3@(#) SPSS DATA FILE"u8.ToArray(), "SPSS data file" },
        { Encoding.ASCII.GetBytes(new string(' ', 456) + "SPSSPORT"), "portable file of SPSS" },
        { "X\n\0\0\0\x03"u8.ToArray(), "object saved by R" },
        { "A\n3\n262144"u8.ToArray(), "object saved by R" },
        { "RDX3\nX\n"u8.ToArray(), "objects saved by R" },
        { [0x72, 2, 1, 0, 5, 0], "Stata 12 or earlier" },
        { "ARROW1\0\0"u8.ToArray(), "Feather" },
        { "FEA1"u8.ToArray(), "Feather" },
        { "PAREabc"u8.ToArray(), "encrypted" },
        { [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], "Excel 2003" },
        { "PK\x03\x04rest"u8.ToArray(), "zip archive" },
        { "%PDF-1.7\n"u8.ToArray(), "PDF document" },
        { "<!doctype html><html>"u8.ToArray(), "web page" },
        { "\uFEFF\n<HTML>"u8.ToArray(), "web page" },
        { [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0], "xz" },
        { [0x42, 0x5A, 0x68, 0x39, 0x31, 0x41, 0x59], "bzip2" },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_format_that_is_not_read_is_refused_by_name_with_a_way_out(byte[] content, string words)
    {
        var refusal = FileSignature.Foreign(content)!.Refusal("some folder/trial.data.sav");
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("some folder/trial.data.sav", refusal.File);
        Assert.NotEmpty(refusal.Hint!);
        Assert.DoesNotContain("STEM", refusal.Hint!, StringComparison.Ordinal);
        Assert.DoesNotContain("FILE\"", refusal.Hint!, StringComparison.Ordinal);
        Assert.Equal(FileFormat.Text, FileSignature.Of(content));
        Assert.Contains(words, Tests.Files.Complaint(content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BZh,x\n1,2\n")]
    [InlineData("PAR,x\n1,2\n")]
    [InlineData("X,y\n1,2\n")]
    [InlineData("A\n2.5\n3\n")]
    [InlineData("PK,x\n1,2\n")]
    [InlineData("r,x\n1,2\n")]
    [InlineData("x,y\n1,2\n")]
    [InlineData("$FL,y\n1,2\n")]
    [InlineData("ARROW,y\n1,2\n")]
    public void A_table_of_text_whose_header_begins_alike_is_read(string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        Assert.Null(FileSignature.Foreign(content));
        Assert.Equal(FileFormat.Text, FileSignature.Of(content));
        Assert.True(Tests.Files.Read(text).Rows > 0);
    }

    [Theory]
    [InlineData("<stata_dta><header>", "Stata")]
    [InlineData("PAR1rest", "Parquet")]
    [InlineData("HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000000000000000000000000000  ", "SasTransport")]
    [InlineData("{\"datasetJSONVersion\": \"1.1.0\"}", "Json")]
    [InlineData(" \r\n\t{ \"rows\": []}", "Json")]
    [InlineData("{}", "Json")]
    [InlineData("{x},y\n1,2\n", "Text")]
    [InlineData("{", "Text")]
    [InlineData("", "Text")]
    [InlineData("<stata", "Text")]
    public void Formats_are_told_by_how_they_begin(string content, string format)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        Assert.Equal(format, FileSignature.Of(bytes).ToString());
        var marked = FileSignature.Of([.. "\uFEFF"u8, .. bytes]);
        Assert.Equal(format == "Json" ? FileFormat.Json : FileFormat.Text, marked);
    }

    [Fact]
    public void An_archive_is_a_workbook_if_it_holds_one()
    {
        Assert.Equal(FileFormat.Excel, FileSignature.Of(Archive("xl/workbook.xml")));
        Assert.Equal(FileFormat.Text, FileSignature.Of(Archive("word/document.xml")));
        Assert.True(FileSignature.IsArchive(Archive("a.csv")));
    }

    [Fact]
    public void Packed_bytes_are_told_from_text()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write("x,y\n1,2\n"u8);
        }

        Assert.True(FileSignature.IsGzip(packed.ToArray()));
        Assert.False(FileSignature.IsGzip("x,y"u8));
        using var thin = new MemoryStream();
        using (var zlib = new ZLibStream(thin, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write("{}"u8);
        }

        Assert.True(FileSignature.MayBeZlib(thin.ToArray()));
        Assert.False(FileSignature.MayBeZlib("x,"u8));
        Assert.False(FileSignature.MayBeZlib("x,y"u8));
    }

    private static byte[] Archive(string name)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry(name);
        }

        return stream.ToArray();
    }
}
