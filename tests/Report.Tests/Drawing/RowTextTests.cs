using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="RowText"/>: labels of rows are broken at spaces before anything is cut.</summary>
public sealed class RowTextTests
{
    private const double Size = 13;
    private const double Room = 150;
    private readonly TextRuler ruler = new();

    [Theory]
    [InlineData("short")]
    [InlineData("a label that takes two lines of this room")]
    [InlineData("\u2003an indented label that takes two lines")]
    public void A_label_is_whole_and_within_its_room(string label)
    {
        var text = Of(label);
        Assert.Null(text.FullLabel);
        Assert.All(text.Label, line => Assert.True(ruler.Width(line, Size) <= Room));
        Assert.All(text.Label, line => Assert.Equal(label[0] == '\u2003', line[0] == '\u2003'));
        Assert.Equal(label.Trim('\u2003'), string.Join(' ', text.Label.Select(line => line.Trim('\u2003'))));
        Assert.Equal(1 + (RowText.LineShare * (text.Label.Count - 1)), text.Height);
    }

    [Fact]
    public void The_method_of_a_scenario_stands_on_a_line_of_its_own_as_those_below_it()
    {
        Assert.Equal(["sigma = 0.15", "\u2003lmm normal t"], Of("sigma = 0.15 \u00B7 lmm normal t").Label);
        Assert.Equal(["clusters = 12, sigma", "= 0.15", "\u2003lmm normal"], Of("clusters = 12, sigma = 0.15 \u00B7 lmm normal").Label);
        Assert.Equal(["sigma = 1 \u00B7 lmm"], Of("sigma = 1 \u00B7 lmm").Label);

        // What fits in no three lines is broken and cut as any other label.
        var text = Of(string.Join(' ', Enumerable.Repeat("word", 100)) + " \u00B7 lmm");
        Assert.EndsWith("\u2026", text.Label[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_breaking_does_not_help_is_cut_and_kept_in_full()
    {
        foreach (var label in (string[])[new string('W', 500), string.Join(' ', Enumerable.Repeat("word", 100))])
        {
            var text = Of(label);
            Assert.Equal(label, text.FullLabel);
            Assert.InRange(text.Label.Count, 1, 3);
            Assert.EndsWith("\u2026", text.Label[^1], StringComparison.Ordinal);
            Assert.All(text.Label, line => Assert.True(ruler.Width(line, Size) <= Room));
        }
    }

    [Fact]
    public void Without_room_for_lines_there_is_one() =>
        Assert.Single(RowText.Of(new PictureRow("a label that takes two lines of this room"), ruler, Size, Room, Room, false).Label);

    [Fact]
    public void Marks_stand_beside_the_middle_of_their_row()
    {
        var picture = Samples.Forest("a", string.Join(' ', Enumerable.Repeat("some", 12)), "c");
        var layout = new PictureLayout(picture, new DrawingOptions(), ruler);
        var heights = layout.RowTexts.Select(row => row.Height).ToArray();
        Assert.True(heights[1] > 1);
        var start = -0.5;
        for (var i = 0; i < heights.Length; i++)
        {
            Assert.Equal(start + (heights[i] / 2), layout.Place(i), 10);
            start += heights[i];
        }

        Assert.Equal(start + 0.1, layout.Up.Upper, 10);
        Assert.Equal(layout.Place(2) + 0.3, layout.Place(2.3), 10);
    }

    [Fact]
    public void Pictures_of_a_thousand_rows_do_not_break_labels()
    {
        var picture = Samples.Forest([.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("some", 12)), 1000)]);
        Assert.All(new PictureLayout(picture, new DrawingOptions(), ruler).RowTexts, row => Assert.Equal(1, row.Height));
    }

    private RowText Of(string label) => RowText.Of(new PictureRow(label), ruler, Size, Room, Room, breaks: true);
}
