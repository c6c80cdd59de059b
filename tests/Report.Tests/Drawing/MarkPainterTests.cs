using System.Globalization;
using System.Xml.Linq;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary>What <see cref="MarkPainter"/> paints, read back from the drawing.</summary>
public sealed class MarkPainterTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Points_stand_where_their_values_are()
    {
        PicturePoint[] points = [new(0, 0), new(10, 10), new(5, 2.5), new(double.NaN, 1)];
        var centers = Drawn(new PictureMark.Dots(points)).Descendants(Svg + "ellipse")
            .Select(ellipse => (X: Number(ellipse, "cx"), Y: Number(ellipse, "cy")))
            .ToArray();
        Assert.Equal(3, centers.Length);
        Assert.Equal((centers[0].X + centers[1].X) / 2, centers[2].X, 2);
        Assert.Equal(centers[0].Y + (0.25 * (centers[1].Y - centers[0].Y)), centers[2].Y, 2);
        Assert.True(centers[1].Y < centers[0].Y);
    }

    [Fact]
    public void An_interval_that_goes_on_ends_in_an_arrow()
    {
        static int Heads(double upper) => Drawn(new PictureMark.Range(5, 2, upper)).Descendants(Svg + "polygon").Count();
        Assert.Equal(0, Heads(8));
        Assert.Equal(1, Heads(80));
    }

    [Fact]
    public void A_rule_at_no_number_is_not_drawn() => Assert.DoesNotContain(
        "NaN", Drawn(new PictureMark.Rule(double.NaN) { IsHorizontal = true }, new PictureMark.Rule(double.NaN)).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void A_line_breaks_where_a_point_has_no_place()
    {
        var line = new PictureMark.Line([new(1, 1), new(2, 2), new(double.NaN, 0), new(3, 3), new(4, 4)]) { Width = 7 };
        Assert.Equal(2, Drawn(line).Descendants(Svg + "polyline").Count(drawn =>
            drawn.Attribute("style")!.Value.Contains("stroke-width:7", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(PictureTone.Conditional, "rgb(220,38,38)")]
    [InlineData(PictureTone.Marginal, "rgb(37,99,235)")]
    public void The_two_sides_have_their_colours(PictureTone tone, string colour) =>
        Assert.Contains(colour, Drawn(new PictureMark.Dots([new(1, 1)]) { Tone = tone }).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Every_shape_is_another_drawing() => Assert.Equal(
        Enum.GetValues<PictureShape>().Length,
        Enum.GetValues<PictureShape>()
            .Select(shape => Drawn(new PictureMark.Dots([new(1, 1)]) { Shape = shape }).ToString())
            .Distinct()
            .Count());

    private static XElement Drawn(params PictureMark[] marks) => XDocument.Parse(SvgDrawing.Draw(Samples.Plot(marks))).Root!;

    private static double Number(XElement element, string name) =>
        double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
