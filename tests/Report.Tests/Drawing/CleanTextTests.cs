using System.Text;
using System.Xml;
using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="CleanText"/>, <see cref="VisibleText"/> and <see cref="TooltipList"/> on any text at all.</summary>
public sealed class CleanTextTests
{
    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Choose(0, 0xFFFF).Select(code => ((char)code).ToString()),
            Gen.Elements("a", "<&>", "\0", "\t", "\n", "\u202E", "\u2067", "\uE000", "\uE001", "\uFFFE", "\uD83D", "\uD83D\uDE00",
                "\u2028"))
        .ListOf().Select(string.Concat);

    private const string Turning = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u2028\u2029";

    [Fact]
    public void What_is_clean_stands_in_one_line_of_xml_and_stays_as_it_is() => ForAll(text =>
    {
        var clean = CleanText.Of(text);
        Assert.All(clean.EnumerateRunes(), rune =>
            Assert.True(rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value), $"U+{rune.Value:X4}"));
        Assert.All(clean, character => Assert.False(char.IsControl(character)));
        Assert.DoesNotContain(CleanText.Opening, clean);
        Assert.DoesNotContain(CleanText.Closing, clean);
        Assert.Equal(clean, CleanText.Of(clean));
    });

    [Fact]
    public void Visible_text_is_as_long_moves_no_cursor_and_turns_no_direction() => ForAll(text =>
    {
        var visible = VisibleText.Of(text);
        Assert.Equal(text.Length, visible.Length);
        Assert.All(visible, character => Assert.False(char.IsControl(character) && character != '\n'));
        Assert.DoesNotContain(visible, Turning.Contains);
        Assert.Equal(visible, VisibleText.Of(visible));
        Assert.All(text.Zip(visible).Where(pair => !char.IsControl(pair.First) && pair.First is < '\u2028' or > '\u2069'), pair =>
            Assert.Equal(pair.First, pair.Second));
    });

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\nb", "a b")]
    [InlineData("\u001B[31m", "\u241B[31m")]
    [InlineData("\u007F", "\u2421")]
    [InlineData("\u202Eabc", "\uFFFDabc")]
    [InlineData("\uD83D\uDE00", "\uD83D\uDE00")]
    public void Hidden_signs_are_shown(string text, string clean) => Assert.Equal(clean, CleanText.Of(text));

    [Fact]
    public void Half_a_pair_is_replaced() => Assert.Equal("a\uFFFDb", CleanText.Of("a" + '\uD83D' + "b"));

    [Fact]
    public void Tooltips_are_found_again_by_what_is_drawn()
    {
        var tooltips = new TooltipList();
        string[] marked = [.. Enumerable.Range(0, 12).Select(i => tooltips.Marked($"shown {i}", $"the whole of {i}"))];
        Assert.All(marked.Select((text, i) => (text, i)), pair =>
            Assert.Equal(($"shown {pair.i}", $"the whole of {pair.i}"), tooltips.Read(pair.text)));
        Assert.Equal(("unmarked", null), tooltips.Read("unmarked"));
        Assert.Equal((string.Empty, "of a shape"), tooltips.Read(tooltips.Marked(string.Empty, "of a shape")));
    }

    private static void ForAll(Action<string> check) =>
        Prop.ForAll(Arb.From(Texts), check).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
