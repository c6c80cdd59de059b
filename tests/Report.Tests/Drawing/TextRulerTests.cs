using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Report.Drawing;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="TextRuler"/>: what fits is left as it is, and what is cut fits and says that it was cut.</summary>
public sealed class TextRulerTests
{
    private const double Size = 13;
    private static readonly TextRuler Ruler = new();

    private static readonly Gen<string> Texts = Gen.Elements(
            "a", "i", "W", "word", "longer word", " ", "  ", "\u03C3", "\u4E2D\u6587", "\uD83D\uDE00", "\u00E9", "0.25", "<&>\"")
        .NonEmptyListOf().Select(string.Concat);

    [Fact]
    public void Width_grows_with_size_weight_and_text()
    {
        Assert.Equal(0, Ruler.Width(string.Empty, Size));
        Assert.Equal(2 * Ruler.Width("effect", Size), Ruler.Width("effect", 2 * Size), 0.02);
        Assert.Equal(2 * Ruler.Width("effect", Size), Ruler.Width("effecteffect", Size), 0.2);
        Assert.True(Ruler.Width("effect", Size, bold: true) > Ruler.Width("effect", Size));
        Assert.True(Ruler.Width("WWW", Size) > 3 * Ruler.Width("iii", Size));
    }

    [Fact]
    public void Signs_of_Chinese_take_at_least_their_square() => Assert.True(Ruler.Width("\u4E2D\u6587\u5B57", Size) >= 3 * Size);

    [Fact]
    public void What_is_shortened_fits_begins_the_text_and_is_as_long_as_may_be() => ForAll(60, (text, width) =>
    {
        var shown = Ruler.Shortened(text, Size, width);
        if (Ruler.Width(text, Size) <= width)
        {
            Assert.Equal(text, shown);
            return;
        }

        Assert.EndsWith("\u2026", shown, StringComparison.Ordinal);
        Assert.StartsWith(shown[..^1], text, StringComparison.Ordinal);
        Assert.False(shown.Length > 1 && char.IsHighSurrogate(shown[^2]), "Half a sign is left.");
        Assert.True(shown.Length == 1 || Ruler.Width(shown, Size) <= width);
        var kept = shown.Length - 1;
        var more = text[..Math.Min(text.Length, kept + 1 + text[kept..].TakeWhile(char.IsWhiteSpace).Count() + 2)] + "\u2026";
        Assert.True(Ruler.Width(more, Size) > width, $"{more} fits as well.");
    });

    [Fact]
    public void Lines_hold_every_word_in_order_and_fit() => ForAll(120, (text, width) =>
    {
        var lines = Ruler.Lines(text, Size, width);
        Assert.All(lines, line => Assert.True(line.Length > 0 && (Ruler.Width(line, Size) <= width || line == "\u2026")));
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(word => Ruler.Width(word, Size) > width))
        {
            return;
        }

        // A line is only broken where its next word has no room.
        Assert.Equal(string.Join(' ', words), string.Join(' ', lines));
        Assert.All(lines.Zip(lines.Skip(1)), pair =>
            Assert.True(Ruler.Width($"{pair.First} {pair.Second.Split(' ')[0]}", Size) > width));
    });

    [Fact]
    public void No_words_are_no_lines()
    {
        Assert.Empty(Ruler.Lines(string.Empty, Size, 100));
        Assert.Empty(Ruler.Lines("   ", Size, 100));
    }

    private static void ForAll(int least, Action<string, double> check) => Prop.ForAll(
        Arb.From(Texts), Arb.From(Gen.Choose(least, 400)), (text, width) => check(text, width))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150));
}
