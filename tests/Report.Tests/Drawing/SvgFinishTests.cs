using System.Globalization;
using System.Xml.Linq;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="SvgFinish"/> on a drawing written by hand, and what <see cref="SurroundPainter"/> paints around a picture.</summary>
public sealed class SvgFinishTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_raw_drawing_is_finished()
    {
        var tooltips = new TooltipList();
        var marked = tooltips.Marked("short\u2026", "the whole of it");
        var raw = $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="100px" height="50px" version="1.1">
              <defs><clipPath id="clipPath1"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>
              <defs><clipPath id="clipPath2"><rect x="0" y="0" width="9" height="9"/></clipPath></defs>
              <g clip-path="url(#clipPath1)"><text font-size="10" dominant-baseline="middle" font-family="x">{marked}</text></g>
              <g clip-path="url(#clipPath2)"><rect style="fill:#fff;" shape-rendering="auto"/></g>
              <g clip-path="url(#clipPath1)"></g>
            </svg>
            """;
        var root = XDocument.Parse(SvgFinish.Of(raw, "p", "Title & more", "In words.", tooltips)).Root!;
        var text = root.Descendants(Svg + "text").Single();

        Assert.Equal("0 0 100 50", root.Attribute("viewBox")!.Value);
        Assert.Equal("Title & more", root.Element(Svg + "title")!.Value);
        Assert.Equal("the whole of it", text.Element(Svg + "title")!.Value);
        Assert.EndsWith("short\u2026", text.Value, StringComparison.Ordinal);
        Assert.Equal("3.5", text.Attribute("dy")!.Value);
        Assert.Equal("fill:#fff", root.Descendants(Svg + "rect").Last().Attribute("style")!.Value);

        // One rectangle is one clip path, however often it was written, and what it clips stands in one group.
        Assert.Equal("p-clip1", root.Descendants(Svg + "clipPath").Single().Attribute("id")!.Value);
        Assert.Equal("url(#p-clip1)", root.Elements(Svg + "g").Single().Attribute("clip-path")!.Value);
    }

    [Fact]
    public void Every_label_heading_title_and_caption_stands_once_and_rows_in_their_order()
    {
        var picture = Samples.Forest("first row", "second row", "third row");
        var texts = XDocument.Parse(SvgDrawing.Draw(picture)).Root!.Descendants(Svg + "text").ToList();
        foreach (var expected in new[] { "A title", "A caption.", "Study", "Effect (95 % CI)", "Effect" })
        {
            Assert.Single(texts, text => text.Value == expected);
        }

        var heights = picture.Rows.Select(row => Height(texts.Single(text => text.Value == row.Label))).ToList();
        Assert.Equal(heights.Order(), heights);
        Assert.Equal(3, texts.Count(text => text.Value == "0.50 (0.25\u20131.00)"));
    }

    /// <summary>Where a text stands, from above: its y, or that of its transform.</summary>
    private static double Height(XElement text)
    {
        var place = text.Attribute("transform")?.Value ?? string.Empty;
        var number = text.Attribute("y")?.Value
            ?? place[(place.IndexOf(',', StringComparison.Ordinal) + 1)..place.IndexOf(')', StringComparison.Ordinal)];
        return double.Parse(number, CultureInfo.InvariantCulture);
    }
}
