using System.Text;
using CsvHelper;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Headers found at a glance, against those that CsvHelper finds.</summary>
public sealed class PlainHeaderTests
{
    private static readonly string[] Pieces =
        ["a", "b", " ", "é", "1.5", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\"", "=", "sep=;", "\uFEFF"];

    [Fact]
    public void What_is_found_is_what_the_reader_of_all_files_finds() => Prop.ForAll(
        Arb.From(
            from begin in Gen.Elements("", "x,y\n", "x;y\r\n", "\uFEFFx\ty\n", "x\n", "sep=;\n", "SEP=|\n")
            from rest in Gen.Elements(Pieces).ListOf()
            from separator in Gen.Elements<char?>(null, null, ',', ';')
            select (Text: begin + string.Concat(rest), separator)),
        at =>
        {
            var bytes = Encoding.UTF8.GetBytes(at.Text);
            if (PlainHeader.Of(bytes, at.separator) is not var (names, start, found))
            {
                return;
            }

            var options = new CsvReaderOptions { Separator = at.separator, DetectSeparatorHint = at.separator is null };
            using var reader = CsvReader.Create(bytes, options);
            reader.ReadHeader();
            Assert.Equal(reader.Headers.Select(name => name.Trim()), names);
            Assert.Equal(reader.Separator, found);
            if (reader.Read())
            {
                Assert.True(start <= reader.ByteOffset);
                Assert.Equal("", Encoding.UTF8.GetString(bytes[start..(int)reader.ByteOffset]).Trim('\r', '\n'));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(30));

    [Theory]
    [InlineData("x,y\n1,2\n", true)]
    [InlineData("x;y\n1;2\n", true)]
    [InlineData("\uFEFFx,y\n", true)]
    [InlineData("x\n1\n", true)]
    [InlineData("x;y\n1,5;2\n", false)]
    [InlineData("x,y\n\"1\",2\n", false)]
    [InlineData("x,y", false)]
    [InlineData("\nx,y\n", false)]
    [InlineData("sep=;\nx;y\n", false)]
    [InlineData("x,y\n1,\02\n", false)]
    [InlineData("", false)]
    public void Beginnings_with_a_question_are_left(string text, bool plain) =>
        Assert.Equal(plain, PlainHeader.Of(Encoding.UTF8.GetBytes(text), null) is not null);

    [Fact]
    public void A_separator_that_is_known_leaves_no_question()
    {
        var found = PlainHeader.Of("x;y z\r\n1,5;2\r\n"u8, ';');
        Assert.NotNull(found);
        Assert.Equal(["x", "y z"], found.Names);
        Assert.Equal((6, ';'), (found.Start, found.Separator));
    }
}
