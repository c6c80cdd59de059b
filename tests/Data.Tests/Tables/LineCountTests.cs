using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class LineCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\nb", 2)]
    [InlineData("a\r\nb\r\n", 2)]
    [InlineData("a\rb\rc", 3)]
    [InlineData("a\n\nb\n", 3)]
    public void Lines_are_counted_by_their_ends(string text, int lines)
    {
        Assert.Equal(lines, Count(text, 0, 1).Lines);
        Assert.Equal(lines, LineCount.LinesIn(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_count_does_not_depend_on_how_many_threads_count_and_begins_where_it_is_told() => Prop.ForAll(
        Arb.From(
            from pieces in Gen.Elements("\n", "\r\n", "a", "1,2", "\"", "é").ListOf()
            from skipped in Gen.Choose(0, 5)
            from threads in Gen.Elements(0, 2, 3, 7)
            select (Text: "12345" + string.Concat(pieces), skipped, threads)),
        at =>
        {
            var (one, several) = (Count(at.Text, at.skipped, 1), Count(at.Text, at.skipped, at.threads));
            Assert.Equal((one.Lines, one.HasQuotes), (several.Lines, several.HasQuotes));
            Assert.Equal(at.Text.Contains('"', StringComparison.Ordinal), one.HasQuotes);
            var rest = at.Text[at.skipped..].Replace("\r", string.Empty, StringComparison.Ordinal);
            Assert.Equal(rest.Split('\n').Length - (rest is "" or [.., '\n'] ? 1 : 0), one.Lines);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Long_texts_are_counted_block_by_block()
    {
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\r\n"));
        Assert.Equal(200_000, Count(text, 0, 1).Lines);
        Assert.Equal(200_000, Count(text, 0, 3).Lines);
    }

    private static LineCount Count(string text, int from, int threads)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return LineCount.Of(at => new MemoryStream(bytes) { Position = at }, from, bytes.Length, threads);
    }
}
