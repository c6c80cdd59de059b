using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary><see cref="Report.Drawing.MarkShapes"/>: no shape says more than another of the same radius.</summary>
public sealed class MarkShapesTests
{
    [Theory]
    [InlineData(PictureShape.Square, 4)]
    [InlineData(PictureShape.Diamond, 4)]
    [InlineData(PictureShape.Up, 3)]
    [InlineData(PictureShape.Down, 3)]
    public void Shapes_cover_about_the_area_of_the_disc_of_their_radius(PictureShape shape, int corners)
    {
        var drawn = SvgReading.Pixels(Drawn(shape).Marks("polygon").Single());
        Assert.Equal(corners, drawn.Length);
        var area = Math.Abs(Enumerable.Range(0, corners).Sum(i =>
            (drawn[i].X * drawn[(i + 1) % corners].Y) - (drawn[(i + 1) % corners].X * drawn[i].Y)) / 2);
        Assert.InRange(area / (Math.PI * 100), 0.88, 1.12);
    }

    [Theory]
    [InlineData(PictureShape.Square)]
    [InlineData(PictureShape.Diamond)]
    [InlineData(PictureShape.Up)]
    [InlineData(PictureShape.Down)]
    public void Shapes_stand_around_their_point(PictureShape shape)
    {
        var reading = Drawn(shape);
        var corners = reading.Points(reading.Marks("polygon").Single());
        Assert.Equal(5, (corners.Min(corner => corner.Across) + corners.Max(corner => corner.Across)) / 2, reading.Across.Resolution);
        Assert.InRange(5, corners.Min(corner => corner.Up), corners.Max(corner => corner.Up));
        var highest = corners.Count(corner => corner.Up > 5);
        Assert.Equal(shape switch { PictureShape.Square or PictureShape.Down => 2, _ => 1 }, highest);
    }

    [Fact]
    public void A_disc_is_filled_a_ring_is_not_and_a_cross_is_two_strokes()
    {
        var (disc, ring) = (Drawn(PictureShape.Disc).Marks("ellipse").Single(), Drawn(PictureShape.Ring).Marks("ellipse").Single());
        Assert.Equal(SvgReading.Style(disc, "fill"), SvgReading.Style(ring, "stroke"));
        Assert.Equal("rgb(255,255,255)", SvgReading.Style(ring, "fill"));
        Assert.Equal("none", SvgReading.Style(disc, "stroke"));
        var cross = Drawn(PictureShape.Cross);
        Assert.Equal(2, cross.Lines().Length);
        Assert.All(cross.Lines(), line => Assert.Equal(10, line[0].Across + line[1].Across, 0.01));
        Assert.All(cross.Lines(), line => Assert.Equal(10, line[0].Up + line[1].Up, 0.01));
    }

    private static SvgReading Drawn(PictureShape shape) =>
        SvgReading.Of(Samples.Plot(new PictureMark.Dots([new(5, 5)]) { Shape = shape, Radius = 10 }));
}
