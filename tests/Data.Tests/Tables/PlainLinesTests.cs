using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

/// <summary>Fields found many at a time, against lines that are cut at every end and fields at every separator.</summary>
public sealed class PlainLinesTests
{
    private static readonly string[] Pieces =
        ["1", "-2.50", "a", "", " ", ",", ",", ",", "\n", "\n", "\r\n", "\r", "é", "0.123456789012345"];

    [Fact]
    public void Fields_are_those_between_separators_and_ends() => Prop.ForAll(
        Arb.From(
            from text in Gen.Elements(Pieces).ListOf()
            from repeats in Gen.Elements(1, 1, 2, 30)
            from fields in Gen.Choose(1, 4)
            select (Text: string.Concat(Enumerable.Repeat(string.Concat(text), repeats)), fields)),
        at => Assert.Equal(Slow(at.Text, at.fields), Fast(at.Text, at.fields)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithEndSize(40));

    [Theory]
    [InlineData(3, 5_000)]
    [InlineData(9_000, 4)]
    public void Rows_go_over_from_one_block_to_the_next(int fields, int rows)
    {
        var text = string.Concat(Enumerable.Range(0, rows).Select(row =>
            string.Join(',', Enumerable.Range(0, fields).Select(field => (row * fields) + field)) + "\r\n"));
        Assert.Equal(Slow(text, fields), Fast(text, fields));
    }

    [Theory]
    [InlineData("1,2\n", true)]
    [InlineData("1,\"2\"\n", false)]
    [InlineData("1,2\" tall\n", false)]
    public void A_quote_anywhere_is_for_another_reader(string text, bool plain) =>
        Assert.Equal(plain, PlainLines.Are(Encoding.UTF8.GetBytes(text)));

    /// <summary>The fields of each place, joined; null if a line has not as many as it should.</summary>
    private static string? Slow(string text, int fields)
    {
        var rows = text.Split('\n', '\r').Where(line => line.Length > 0).Select(line => line.Split(',')).ToArray();
        return rows.All(row => row.Length == fields)
            ? string.Join('\n', Enumerable.Range(0, fields).Select(place => string.Join('|', rows.Select(row => row[place].Trim(' ')))))
            : null;
    }

    private static string? Fast(string text, int fields)
    {
        var readers = Enumerable.Range(0, fields).Select(place => new TextReader(place)).ToArray();
        var rows = new PlainLines((byte)',', fields).Read(Encoding.UTF8.GetBytes(text), readers);
        if (rows < 0)
        {
            return null;
        }

        Assert.All(readers, reader => Assert.Equal(rows, reader.Texts.Count));
        return string.Join('\n', readers.Select(reader => string.Join('|', reader.Texts)));
    }

    /// <summary>Keeps every field.</summary>
    private sealed class TextReader(int place) : ColumnReader("text", place)
    {
        internal List<string> Texts { get; } = [];

        internal override void Add(ReadOnlySpan<byte> text) => Texts.Add(Encoding.UTF8.GetString(text));

        internal override ColumnReader Part(int from, int rows) => throw new NotSupportedException();

        internal override void Append(ColumnReader part) => throw new NotSupportedException();

        internal override Column Finish(Func<int, int?> lineOf) => throw new NotSupportedException();
    }
}
