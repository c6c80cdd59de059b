using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="PictureLayout"/> against what one measures by hand.</summary>
public sealed class PictureLayoutTests
{
    private readonly TextRuler ruler = new();

    [Fact]
    public void The_left_margin_is_as_wide_as_the_widest_label()
    {
        var layout = Layout(Samples.Forest("short", "a label of some length"));
        Assert.Equal(PictureLayout.Edge + ruler.Width("a label of some length", layout.Size) + 8, layout.Left, 6);
    }

    [Fact]
    public void A_label_takes_no_more_than_its_share() =>
        Assert.InRange(Layout(Samples.Forest(new string('W', 500))).LabelWidth, 200, 0.42 * 720);

    [Theory]
    [InlineData(200)]
    [InlineData(260)]
    [InlineData(480)]
    [InlineData(720)]
    [InlineData(2000)]
    public void However_long_texts_are_a_ninth_of_the_width_is_left_to_the_marks(int width)
    {
        var picture = Samples.Forest("a");
        picture = picture with { Rows = [new PictureRow(new string('W', 500), new string('9', 500))] };
        var layout = new PictureLayout(picture, new DrawingOptions { Width = width }, ruler);
        Assert.True(layout.Width - layout.Left - layout.Right >= 0.109 * width);
        Assert.True(layout.LabelWidth > 0.3 * width && layout.TextWidth > 0.3 * width);
        var brief = new PictureLayout(Samples.Forest("a"), new DrawingOptions { Width = width }, ruler);
        Assert.Equal(ruler.Width("Study", brief.Size, bold: true), brief.LabelWidth, 6);
    }

    [Fact]
    public void Rows_make_the_picture_taller_until_it_is_tall_enough()
    {
        double Height(int rows) => Layout(Samples.Forest([.. Enumerable.Repeat("x", rows)])).Height;
        Assert.True(Height(20) > Height(10));
        Assert.Equal(Height(1000), Height(2000));
    }

    [Fact]
    public void Where_rows_are_lower_than_text_the_summary_is_shown_and_others_as_there_is_room()
    {
        var picture = Samples.Forest([.. Enumerable.Repeat("x", 500)]);
        picture = picture with { Rows = [.. picture.Rows.SkipLast(1), new PictureRow("all") { IsSummary = true }] };
        var layout = Layout(picture);
        var shown = layout.ShownRows();
        Assert.True(shown[^1]);
        Assert.True(layout.RowHeight < layout.Size);
        var last = -1;
        for (var i = 0; i < shown.Length; i++)
        {
            if (shown[i])
            {
                Assert.True(last < 0 || (i - last) * layout.RowHeight >= layout.Size);
                last = i;
            }
        }
    }

    [Fact]
    public void A_legend_that_does_not_fit_goes_on_in_another_line()
    {
        var names = Enumerable.Range(0, 8).Select(i =>
            new PictureMark.Dots([new PicturePoint(1, 1)]) { Legend = $"a long name, number {i}" });
        var layout = Layout(Samples.Plot([.. names]));
        Assert.True(layout.Legend[^1].Line > 0);
        Assert.All(layout.Legend, entry =>
            Assert.True(entry.Left + PictureLayout.Swatch + 8 + ruler.Width(entry.Text, layout.Size) <= 720));
    }

    [Fact]
    public void Labels_of_ticks_leave_room_between_each_other()
    {
        var picture = Samples.Plot(new PictureMark.Rule(1));
        var layout = Layout(picture with { Across = new PictureAxis("Numbers") { Minimum = 1_000_000, Maximum = 9_000_000 } });
        var room = 720 - layout.Left - layout.Right;
        var ends = layout.AcrossTicks.Select(tick =>
        {
            var at = (tick.Value - layout.Across.Lower) / (layout.Across.Upper - layout.Across.Lower) * room;
            var half = ruler.Width(tick.Label, layout.Small) / 2;
            return (Left: at - half, Right: at + half);
        }).ToArray();
        Assert.All(ends.Zip(ends.Skip(1)), pair => Assert.True(pair.First.Right <= pair.Second.Left));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ticks_are_fitted_from_left_to_right_whichever_way_an_axis_runs(bool isReversed)
    {
        var axis = new PictureAxis("x")
        {
            Minimum = 0,
            Maximum = 10,
            IsReversed = isReversed,
            Ticks = [(0, "a"), (4, "b"), (4.05, "hidden by its neighbour"), (10, "a long label at one end")],
        };
        var layout = Layout(Samples.Plot(new PictureMark.Rule(1)) with { Across = axis });
        double[] values = [.. layout.AcrossTicks.Select(tick => tick.Value)];
        Assert.Equal(isReversed ? values.OrderDescending() : values.Order(), values);
        Assert.Equal(isReversed ? 10 : 0, values[0]);

        // The label at the right end is whole: half of it stands beyond the plot.
        var half = ruler.Width(layout.AcrossTicks[^1].Label, layout.Small) / 2;
        Assert.True(layout.Right >= PictureLayout.Edge + half - 1e-9);
        Assert.Equal(isReversed, layout.Right < 40);
    }

    private PictureLayout Layout(Picture picture) => new(picture, new DrawingOptions(), ruler);
}
