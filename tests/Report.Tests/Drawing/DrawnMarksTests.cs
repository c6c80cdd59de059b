using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Report.Drawing;
using MarginalConditional.Report.Pictures;

namespace MarginalConditional.Report.Tests.Drawing;

/// <summary>Marks stand, in the drawing, at the numbers they are given: read off the axes by the labels of the ticks.</summary>
public sealed class DrawnMarksTests
{
    private static readonly PicturePoint Nowhere = new(double.NaN, double.NaN);

    [Theory]
    [InlineData(PictureScale.Number, -3.0, 7.0)]
    [InlineData(PictureScale.Percent, 0.0, 0.8)]
    [InlineData(PictureScale.Ratio, -2.0, 1.5)]
    [InlineData(PictureScale.Ratio, -0.2, 0.3)]
    [InlineData(PictureScale.Number, 0.00002, 0.00009)]
    [InlineData(PictureScale.Number, 1_000_000.0, 9_000_000.0)]
    public void Points_stand_at_their_numbers_on_every_scale_and_either_way_round(PictureScale scale, double least, double most)
    {
        PicturePoint[] points = [.. Enumerable.Range(0, 5).Select(i => new PicturePoint(At(i / 4.0), At(i * i / 16.0)))];
        foreach (var reversed in (bool[])[false, true])
        {
            var axis = new PictureAxis("Axis", scale) { IsReversed = reversed };
            var reading = SvgReading.Of(Samples.Plot(new PictureMark.Dots(points)) with { Across = axis, Up = axis });
            reading.Across.RequireEvenScale();
            reading.Up.RequireEvenScale();
            RequireNear(reading, points.Select(point => (point.Across, point.Up)), reading.Discs());
            Assert.Equal(reversed, reading.Across.Value(600) < reading.Across.Value(100));
            Assert.Equal(reversed, reading.Up.Value(100) < reading.Up.Value(300));
        }

        double At(double share) => least + (share * (most - least));
    }

    [Fact]
    public void Points_anywhere_in_sight_are_read_back()
    {
        var sized = from place in Gen.Choose(-1000, 1000)
                    from width in Gen.Choose(1, 1000)
                    from power in Gen.Choose(-4, 4)
                    from shares in Gen.Choose(0, 100).Two().ListOf(4)
                    select (Place: place * Math.Pow(10, power), Width: width * Math.Pow(10, power), shares);
        Prop.ForAll(Arb.From(sized), given =>
        {
            PicturePoint[] points =
            [
                .. given.shares.Select(share => new PicturePoint(
                    given.Place + (given.Width * share.Item1 / 100.0), given.Place + (given.Width * share.Item2 / 100.0))),
            ];
            var axis = new PictureAxis("Axis") { Minimum = given.Place, Maximum = given.Place + given.Width };
            var reading = SvgReading.Of(Samples.Plot(new PictureMark.Dots(points)) with { Across = axis, Up = axis });
            RequireNear(reading, points.Select(point => (point.Across, point.Up)), reading.Discs());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Fact]
    public void Intervals_end_at_their_limits_along_either_axis()
    {
        var reading = SvgReading.Of(Samples.Plot(
            new PictureMark.Range(4, 1.5, 8.25), new PictureMark.Range(7, 2.5, 6) { IsVertical = true }));
        RequireNear(reading, [(1.5, 4), (8.25, 4)], reading.Lines()[0]);
        RequireNear(reading, [(7, 2.5), (7, 6)], reading.Lines()[1]);
        Assert.Empty(reading.Areas());
    }

    [Theory]
    [InlineData(-5.0, 4.0, 0.0, 4.0, 1)]
    [InlineData(6.0, 400.0, 6.0, 10.0, 1)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, 0.0, 10.0, 2)]
    public void What_leaves_the_axis_is_cut_there_with_an_arrow_outwards(double lower, double upper, double from, double to, int arrows)
    {
        foreach (var isVertical in (bool[])[false, true])
        {
            var reading = SvgReading.Of(Samples.Plot(new PictureMark.Range(5, lower, upper) { IsVertical = isVertical }));
            RequireNear(
                reading, isVertical ? [(5, from), (5, to)] : [(from, 5), (to, 5)], Assert.Single(reading.Lines()));
            Assert.Equal(arrows, reading.Areas().Length);
            foreach (var arrow in reading.Areas())
            {
                var places = arrow.Select(corner => isVertical ? corner.Up : corner.Across).ToArray();
                var isLow = places.Average() < 5;
                Assert.Equal(isLow ? places.Min() : places.Max(), places[0]);
                Assert.Equal(2, places.Count(place => isLow ? place > 0 : place < 10));
                Assert.Equal(5, arrow.Average(corner => isVertical ? corner.Across : corner.Up), 0.01);
            }
        }
    }

    [Theory]
    [InlineData(11.0, 12.0)]
    [InlineData(-9.0, -1.0)]
    [InlineData(double.NaN, 5.0)]
    [InlineData(5.0, double.NaN)]
    public void Intervals_out_of_sight_or_without_a_limit_are_not_drawn(double lower, double upper)
    {
        var reading = SvgReading.Of(Samples.Plot(
            new PictureMark.Range(5, lower, upper), new PictureMark.Range(5, lower, upper) { IsVertical = true }));
        Assert.Empty(reading.Lines());
        Assert.Empty(reading.Areas());
    }

    [Fact]
    public void Bands_bars_and_lozenges_have_their_corners_at_their_numbers()
    {
        var reading = SvgReading.Of(Samples.Plot(
            new PictureMark.Band([new(1, 2), Nowhere, new(9, 3)], [new(1, 4), new(9, 7)]),
            new PictureMark.Bar(5, 2, 8.5) { Thickness = 1.5 },
            new PictureMark.Lozenge(3, 2, 4.5, 8),
            new PictureMark.Lozenge(6, -20, 4, 30)));
        var areas = reading.Areas();
        RequireNear(reading, [(1, 2), (9, 3), (9, 7), (1, 4)], areas[0]);
        RequireNear(reading, [(2, 4.25), (8.5, 4.25), (8.5, 5.75), (2, 5.75)], areas[1]);
        RequireNear(reading, [(2, 3), (8, 3)], [areas[2][0], areas[2][2]]);
        Assert.Equal([4.5, 4.5], areas[2].Where((_, i) => i % 2 == 1).Select(corner => Math.Round(corner.Across, 2)));
        Assert.Equal(6, areas[2][1].Up + areas[2][3].Up, 0.01);
        RequireNear(reading, [(0, 6), (10, 6)], [areas[3][0], areas[3][2]]);
    }

    [Fact]
    public void Rules_cross_the_whole_picture_at_their_value()
    {
        var reading = SvgReading.Of(Samples.Plot(new PictureMark.Rule(2.5), new PictureMark.Rule(7.5) { IsHorizontal = true }));
        RequireNear(reading, [(2.5, 0), (2.5, 10)], reading.Lines()[0]);
        RequireNear(reading, [(0, 7.5), (10, 7.5)], reading.Lines()[1]);
    }

    [Fact]
    public void A_point_between_two_gaps_is_no_line_and_joins_none()
    {
        var reading = SvgReading.Of(Samples.Plot(new PictureMark.Line([new(1, 1), Nowhere, new(3, 3), new(4, 5), Nowhere, new(8, 8)])));
        RequireNear(reading, [(3, 3), (4, 5)], Assert.Single(reading.Lines()));
    }

    [Fact]
    public void Areas_of_points_are_in_the_ratio_given_and_never_out_of_sight()
    {
        var dots = new PictureMark.Dots([new(1, 1), new(2, 2), new(3, 3), new(4, 4)]) { Radius = 12, Areas = [1, 0.25, 0, double.NaN] };
        double[] radii = [.. SvgReading.Of(Samples.Plot(dots)).Marks("ellipse").Select(disc => SvgReading.Number(disc, "rx"))];
        Assert.Equal([12, 6], radii[..2]);
        Assert.All(radii, radius => Assert.InRange(radius, 2, 12));
    }

    [Fact]
    public void Labels_stand_at_the_side_where_there_is_room()
    {
        var reading = SvgReading.Of(Samples.Plot(
            new PictureMark.Label(new(1, 5), "left"), new PictureMark.Label(new(9.5, 5), "right")));
        var texts = reading.Marks("text");
        Assert.Equal(["left", "right"], texts.Select(SvgReading.Shown));
        Assert.Equal(["start", "end"], texts.Select(text => text.Attribute("text-anchor")!.Value));
        Assert.True(reading.Across.Value(SvgReading.Place(texts[0]).X) > 1);
        Assert.True(reading.Across.Value(SvgReading.Place(texts[1]).X) < 9.5);
        Assert.All(texts, text => Assert.Equal(5, reading.Up.Value(SvgReading.Place(text).Y), 0.01));
    }

    [Fact]
    public void Names_of_neighbours_stand_on_the_sides_where_they_name_no_other_point()
    {
        // Two points two pixels apart, then one between two others on one height.
        var twins = SvgReading.Of(Samples.Plot(
            new PictureMark.Dots([new(5, 5), new(5.03, 5)]) { Radius = 3 },
            new PictureMark.Label(new(5.03, 5), "second"), new PictureMark.Label(new(5, 5), "first")));
        Assert.Equal(["start", "end"], twins.Marks("text").Select(text => text.Attribute("text-anchor")!.Value));
        var enclosed = SvgReading.Of(Samples.Plot(
            new PictureMark.Dots([new(4.9, 5), new(5, 5), new(5.1, 5)]) { Radius = 3 }, new PictureMark.Label(new(5, 5), "middle")));
        var above = Assert.Single(enclosed.Marks("text"));
        Assert.Equal("middle", above.Attribute("text-anchor")!.Value);
        Assert.True(SvgReading.Place(above).Y < SvgReading.Number(enclosed.Marks("ellipse")[1], "cy") - 8);
    }

    [Fact]
    public void A_name_without_room_on_any_side_is_left_to_the_tooltip()
    {
        PicturePoint[] crowd = [.. Enumerable.Range(0, 81).Select(i => new PicturePoint(4 + (0.25 * (i % 9)), 4 + (0.25 * (i / 9))))];
        Assert.Empty(SvgReading.Of(Samples.Plot(
            new PictureMark.Dots(crowd), new PictureMark.Label(new(5, 5), "crowded"))).Marks("text"));
    }

    [Fact]
    public void Later_marks_are_painted_over_earlier_ones_as_faint_as_asked_for()
    {
        var reading = SvgReading.Of(Samples.Plot(
            new PictureMark.Dots([new(3, 3)]) { Opacity = 0.4 },
            new PictureMark.Dots([new(5, 5)]),
            new PictureMark.Line([new(1, 1), new(2, 2)]) { Opacity = 0.2 },
            new PictureMark.Band([new(1, 1), new(2, 1)], [new(1, 2), new(2, 2)])));
        RequireNear(reading, [(3, 3), (5, 5)], reading.Discs());
        var discs = reading.Marks("ellipse");
        Assert.Equal(0.4, Opacity(discs[0], "fill-opacity"), 0.003);
        Assert.Null(SvgReading.Style(discs[1], "fill-opacity"));
        Assert.Equal(0.2, Opacity(reading.Marks("polyline")[0], "stroke-opacity"), 0.003);
        Assert.Equal(0.12, Opacity(reading.Marks("polygon")[0], "fill-opacity"), 0.003);
        static double Opacity(System.Xml.Linq.XElement mark, string name) =>
            double.Parse(SvgReading.Style(mark, name)!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(PictureStroke.Solid, null)]
    [InlineData(PictureStroke.Dashed, new[] { 4.0, 3 })]
    [InlineData(PictureStroke.Dotted, new[] { 1, 2.5 })]
    [InlineData(PictureStroke.DashDotted, new[] { 6, 2.5, 1, 2.5 })]
    public void Dashes_are_as_long_on_every_line_and_in_the_legend(PictureStroke stroke, double[]? lengths)
    {
        var reading = SvgReading.Of(Samples.Plot(
            new PictureMark.Line([new(1, 1), new(2, 2)]) { Stroke = stroke, Width = 3, Legend = "a line" }));
        var dashes = SvgReading.Style(reading.Marks("polyline")[0], "stroke-dasharray");
        Assert.Equal(lengths is null ? null : string.Join(',', lengths.Select(length => FormattableString.Invariant($"{length}"))), dashes);
        var sample = reading.Around.Single(one => one.Name.LocalName == "polyline" && SvgReading.Style(one, "stroke-width") == "3");
        Assert.Equal(dashes, SvgReading.Style(sample, "stroke-dasharray"));
    }

    [Fact]
    public void Marks_of_a_row_stand_at_the_height_of_its_label()
    {
        var picture = Samples.Forest("first", "second", "third");
        var reading = SvgReading.Of(picture with
        {
            Marks = [.. picture.Marks, new PictureMark.Lozenge(1, 0, 1, 2), new PictureMark.Bar(2, 0, 1) { Thickness = 0 }],
        });
        RequireNear(reading, [(0, 0), (1, 1), (2, 2)], reading.Discs());
        var ranges = reading.Lines().Skip(1).ToArray();
        Assert.All(Enumerable.Range(0, 3), i => RequireNear(reading, [(i - 1, i), (i + 1, i)], ranges[i]));
        Assert.Equal("second", reading.RowAt(SvgReading.Pixels(reading.Marks("polygon")[0])[0].Y));
        Assert.Equal("third", reading.RowAt(SvgReading.Pixels(reading.Marks("polygon")[1])[0].Y));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Marks_without_a_place_are_not_drawn(double value)
    {
        PictureMark[] marks =
        [
            new PictureMark.Dots([new(value, 1), new(1, value)]) { Names = ["a", "b"] }, new PictureMark.Bar(5, 0, value),
            new PictureMark.Bar(value, 0, 1), new PictureMark.Lozenge(5, 1, value, 2), new PictureMark.Lozenge(value, 1, 2, 3),
            new PictureMark.Label(new(value, 5), "nowhere"), new PictureMark.Label(new(5, value), "nowhere"),
            new PictureMark.Range(value, 1, 2), new PictureMark.Range(value, 1, 2) { IsVertical = true }, new PictureMark.Rule(value),
            new PictureMark.Rule(value) { IsHorizontal = true }, new PictureMark.Band([new(value, 1)], [new(1, value)]),
            new PictureMark.Line([new(value, 1), new(1, value)]),
        ];
        var reading = SvgReading.Of(Samples.Plot(marks));
        Assert.Empty((string[])[.. new[] { "ellipse", "polygon", "polyline", "text" }.Where(name => reading.Marks(name).Length > 0)]);
        var text = reading.Root.ToString();
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u221E", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void An_end_of_an_axis_that_is_no_number_is_taken_from_the_marks(double end)
    {
        var picture = Samples.Plot(new PictureMark.Dots([new(2, 3), new(4, 5)]));
        var free = new PictureAxis("Axis");
        Assert.Equal(
            SvgDrawing.Draw(picture with { Across = free, Up = free }),
            SvgDrawing.Draw(picture with { Across = free with { Minimum = end }, Up = free with { Maximum = -end } }));
    }

    private static void RequireNear(
        SvgReading reading, IEnumerable<(double Across, double Up)> expected, IEnumerable<(double Across, double Up)> found)
    {
        (double Across, double Up)[] read = [.. found];
        Assert.Equal(expected.Count(), read.Length);
        Assert.All(expected.Zip(read), pair =>
        {
            Assert.Equal(pair.First.Across, pair.Second.Across, reading.Across.Resolution);
            Assert.Equal(pair.First.Up, pair.Second.Up, reading.Up.Labels.Count == 0 ? 0 : reading.Up.Resolution);
        });
    }
}
