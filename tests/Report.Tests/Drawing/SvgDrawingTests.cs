using System.Globalization;
using System.Xml.Linq;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

public sealed class SvgDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void The_same_picture_has_the_same_bytes() =>
        Assert.Equal(SvgDrawing.Draw(Samples.Forest("A", "B")), SvgDrawing.Draw(Samples.Forest("A", "B")));

    [Fact]
    public void A_drawing_says_what_it_is_to_those_who_cannot_see_it()
    {
        var root = Parse(SvgDrawing.Draw(Samples.Forest("A")));
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("A title", root.Element(Svg + "title")!.Value);
        Assert.Equal("A description.", root.Element(Svg + "desc")!.Value);
        var ids = root.Attribute("aria-labelledby")!.Value.Split(' ');
        Assert.All(ids, id => Assert.Contains(root.Descendants(), element => element.Attribute("id")?.Value == id));
    }

    [Fact]
    public void Ids_begin_with_what_the_page_gives_and_every_clip_is_there()
    {
        var root = Parse(SvgDrawing.Draw(Samples.Forest("A"), id: "third"));
        string[] ids = [.. root.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.All(ids, id => Assert.StartsWith("third-", id, StringComparison.Ordinal));
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(
            root.Descendants().Attributes("clip-path"),
            clip => Assert.Contains(clip.Value["url(#".Length..^1], ids));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"quotes\" & 'more'")]
    [InlineData("]]> <!-- -->")]
    [InlineData("=1+1")]
    public void Hostile_labels_are_shown_as_they_are(string label)
    {
        var drawn = SvgDrawing.Draw(Samples.Forest(label));
        Assert.DoesNotContain("<script", drawn, StringComparison.Ordinal);
        Assert.Contains(Parse(drawn).Descendants(Svg + "text"), text => text.Value == label);
    }

    [Theory]
    [InlineData("right\u202Eto left")]
    [InlineData("null\0bell\u0007")]
    [InlineData("private \uE0007\uE001 use")]
    [InlineData("half a pair \uD83D")]
    public void What_cannot_stand_in_a_drawing_is_replaced(string label)
    {
        var texts = Parse(SvgDrawing.Draw(Samples.Forest(label))).Descendants(Svg + "text").Select(text => text.Value);
        Assert.Contains(texts, text => text.Length > 3 && text.StartsWith(label[..4], StringComparison.Ordinal));
    }

    [Fact]
    public void A_label_of_five_hundred_characters_is_shortened_and_whole_in_its_tooltip()
    {
        var label = string.Concat(Enumerable.Repeat("wide W ", 72));
        var root = Parse(SvgDrawing.Draw(Samples.Forest(label.Trim(), "B")));
        var text = root.Descendants(Svg + "text").Single(text => text.Nodes().OfType<XText>().Any(node =>
            node.Value.EndsWith('\u2026')));
        Assert.Equal(label.Trim(), text.Element(Svg + "title")!.Value);
    }

    [Theory]
    [InlineData("title")]
    [InlineData("axis")]
    [InlineData("up")]
    [InlineData("tick")]
    [InlineData("heading")]
    [InlineData("legend")]
    [InlineData("label")]
    public void Whatever_is_cut_is_whole_in_its_tooltip(string where)
    {
        var name = new string('W', 500);
        string In(string place) => place == where ? name : "short";
        var picture = where == "heading"
            ? Samples.Forest("A") with { RowHeading = name }
            : Samples.Plot(
                new PictureMark.Dots([new PicturePoint(1, 1)]) { Legend = In("legend") },
                new PictureMark.Label(new PicturePoint(2, 2), In("label"))) with
            {
                Title = In("title"),
                Across = new PictureAxis(In("axis")) { Minimum = 0, Maximum = 10, Ticks = [(3, In("tick")), (8, "other")] },
                Up = new PictureAxis(In("up")) { Minimum = 0, Maximum = 10 },
            };
        var root = Parse(SvgDrawing.Draw(picture));
        var cut = root.Descendants(Svg + "text").Where(text => text.Nodes().OfType<XText>().Any(node => node.Value.EndsWith('\u2026')));
        Assert.Equal(name, Assert.Single(cut).Element(Svg + "title")!.Value);
    }

    [Fact]
    public void Points_carry_their_names_as_tooltips()
    {
        var root = Parse(SvgDrawing.Draw(Samples.Forest("First", "Second")));
        Assert.Equal(["First", "Second"], root.Descendants(Svg + "ellipse").Elements(Svg + "title").Select(title => title.Value));
    }

    [Theory]
    [InlineData(3, 720)]
    [InlineData(3, 300)]
    [InlineData(120, 720)]
    [InlineData(600, 720)]
    public void No_texts_of_one_side_overlap_and_none_leaves_the_picture(int rows, int width)
    {
        string[] labels = [.. Enumerable.Range(1, rows).Select(i => $"Study {i.ToString(CultureInfo.InvariantCulture)}")];
        var options = new DrawingOptions { Width = width };
        var root = Parse(SvgDrawing.Draw(Samples.Forest(labels), options));
        var ruler = new TextRuler();
        var boxes = root.Descendants(Svg + "text").Select(text => Box(text, ruler)).ToArray();
        Assert.All(boxes, box => Assert.InRange(box.Left, -0.5, width));
        Assert.All(boxes, box => Assert.InRange(box.Right, 0, width + 0.5));
        for (var i = 0; i < boxes.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var apart = boxes[i].Right <= boxes[j].Left || boxes[j].Right <= boxes[i].Left
                    || Math.Abs(boxes[i].Y - boxes[j].Y) >= 0.95 * Math.Min(boxes[i].Size, boxes[j].Size);
                Assert.True(apart, $"{boxes[i]} and {boxes[j]}");
            }
        }
    }

    [Fact]
    public void Sizes_are_those_asked_for()
    {
        var root = Parse(SvgDrawing.Draw(
            Samples.Plot(new PictureMark.Dots([new PicturePoint(1, 1)])), new DrawingOptions { Width = 333, Height = 222, FontSize = 11 }));
        Assert.Equal(("333", "222"), (root.Attribute("width")!.Value, root.Attribute("height")!.Value));
        Assert.Contains("11", root.Descendants(Svg + "text").Attributes("font-size").Select(size => size.Value));
    }

    private static XElement Parse(string svg) => XDocument.Parse(svg).Root!;

    private static TextBox Box(XElement text, TextRuler ruler)
    {
        var place = text.Attribute("transform")!.Value["translate(".Length..].TrimEnd(')').Split(',');
        var (x, y) = (double.Parse(place[0], CultureInfo.InvariantCulture), double.Parse(place[1], CultureInfo.InvariantCulture));
        var size = double.Parse(text.Attribute("font-size")!.Value, CultureInfo.InvariantCulture);
        var shown = string.Concat(text.Nodes().OfType<XText>().Select(node => node.Value));
        var width = ruler.Width(shown, size, text.Attribute("font-weight") is not null);
        var left = text.Attribute("text-anchor")?.Value switch { "middle" => x - (width / 2), "end" => x - width, _ => x };
        return new TextBox(
            shown, left, left + width, y + double.Parse(text.Attribute("dy")!.Value, CultureInfo.InvariantCulture), size);
    }

    private sealed record TextBox(string Text, double Left, double Right, double Y, double Size);
}
