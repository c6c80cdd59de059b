using System.Text;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Tables;

public sealed class LinePiecesTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("a\n", 1)]
    [InlineData("a\nb", 2)]
    [InlineData("a\r\nb\r\n", 2)]
    [InlineData("a\rb\rc", 3)]
    [InlineData("a\n\nb\n", 3)]
    public void Lines_are_counted_by_their_ends(string text, int lines) =>
        Assert.Equal(lines, LinePieces.Count(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Long_texts_are_counted_piece_by_piece()
    {
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => $"{i}\r\n"));
        Assert.Equal(200_000, LinePieces.Count(new MemoryStream(Encoding.UTF8.GetBytes(text))));
    }
}
