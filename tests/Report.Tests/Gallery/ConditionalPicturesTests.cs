using MarginalConditional.Compare.Curves;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="ConditionalPictures"/>: curves and points stand at the numbers given, in the picture and in its drawing.</summary>
public sealed class ConditionalPicturesTests
{
    private static readonly double[] Weeks = [0, 4, 12];

    private static readonly CurveGroup Old = new()
    {
        Level = "old",
        Values = Weeks,
        Population = [0.4, 0.3, 0.2],
        Typical = [0.45, 0.25, 0.1],
        Clusters = [[0.6, 0.5, 0.4], [0.3, 0.2, 0.05], [0.5, 0.4, 0.3]],
        Data = [new BinnedMean(1, 0.38, 40), new BinnedMean(10, 0.22, 10), new BinnedMean(11, 0.2, 1)],
    };

    private static readonly CurveGroup New = Old with { Level = "new", Population = [0.4, 0.2, 0.1], Typical = [0.45, 0.15, 0.02] };

    private static readonly AttenuationCurve Curve = new()
    {
        Name = "arm",
        Conditional = 1,
        Spread = 1.5,
        Marginal = 0.8,
        Points = [(0, 1, 1, 1), (1, 0.9, 0.92, 0.85), (3, 0.6, 0.65, double.NaN)],
    };

    internal static IEnumerable<Picture> Pictures => [Curves(Old, New), Curves(Old), ConditionalPictures.Attenuation(Curve)];

    [Fact]
    public void A_typical_cluster_the_population_and_the_data_have_a_series_an_arm()
    {
        var picture = Curves(Old, New);
        var lines = picture.Marks<PictureMark.Line>();
        var named = lines.Where(line => line.Legend.Length > 0).ToArray();
        Assert.Equal(
            ["typical site, old", "population, old", "typical site, new", "population, new"], named.Select(line => line.Legend));
        Assert.All(named, line => Near(Weeks, line.Points.Select(point => point.Across)));
        Near([0.45, 0.15, 0.02], named[2].Points.Select(point => point.Up));
        Near([0.4, 0.2, 0.1], named[3].Points.Select(point => point.Up));
        Assert.Equal(PictureTone.Conditional, named[0].Tone);
        Assert.Equal(PictureTone.Marginal, named[1].Tone);
        Assert.NotEqual(named[0].Stroke, named[2].Stroke);
        var data = picture.Marks<PictureMark.Dots>();
        Near([1, 0.25, 0.2], data[0].Areas);
        Assert.Equal(["40 rows, old", "10 rows, old", "1 row, old"], data[0].Names);
        Assert.NotEqual(data[0].Shape, data[1].Shape);
        Assert.Equal(6, picture.Numbers.Rows.Count);
        Near([4, 0.15, 0.2], picture.Row(4)[1..]);
        Assert.Equal("new", picture.Numbers.Rows[4][0].Text);
    }

    [Fact]
    public void Of_one_arm_every_cluster_is_drawn_and_of_several_every_other()
    {
        Assert.Equal(3, Thin(Curves(Old with { Level = string.Empty })));
        Assert.Equal(4, Thin(Curves(Old, New)));
        static int Thin(Picture picture) => picture.Marks<PictureMark.Line>().Count(line => line.Opacity < 1);
    }

    [Fact]
    public void Without_arms_nothing_is_named_by_them()
    {
        var picture = Curves(Old with { Level = string.Empty });
        Assert.Equal(
            ["typical site", "population"], picture.Marks<PictureMark.Line>().Select(line => line.Legend).Where(name => name.Length > 0));
        Assert.Equal("At the end of week a typical site is at 10.0\u00A0% and the population at 20.0\u00A0%.", picture.Description);
        Assert.Contains("flatter", picture.Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("flatter", ConditionalPictures.Curves(
            new ClusterCurves("week", null, [Old]), "y", false, ("site", "sites"), false).Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void In_the_drawing_curves_pass_through_their_points()
    {
        var reading = SvgReading.Of(Curves(Old));
        reading.Across.RequireEvenScale();
        reading.Up.RequireEvenScale();
        Near([1, 10, 11], reading.Discs().Select(disc => disc.Across), 0.01);
        Near([0.38, 0.22, 0.2], reading.Discs().Select(disc => disc.Up), 0.001);
        var thick = reading.Lines().Where((_, i) => SvgReading.Style(reading.Marks("polyline")[i], "stroke-width") == "3").Single();
        Near(Weeks, thick.Select(point => point.Across), 0.01);
        Near(Old.Population, thick.Select(point => point.Up), 0.001);
    }

    [Fact]
    public void Attenuation_is_drawn_by_every_form_that_has_numbers_with_this_trial_on_the_exact_one()
    {
        var picture = ConditionalPictures.Attenuation(Curve, "sites");
        Assert.Equal(
            ["conditional", "marginal, exact", "Zeger\u2013Liang\u2013Albert"],
            picture.Marks<PictureMark.Line>().Select(line => line.Legend));
        var known = Curve with { Points = [.. Curve.Points.Take(2)] };
        var lines = ConditionalPictures.Attenuation(known).Marks<PictureMark.Line>();
        Near([1, 0.85], lines.Single(line => line.Legend.StartsWith("Neuhaus", StringComparison.Ordinal)).Points.Select(point => point.Up));
        Near([1, 1], lines[0].Points.Select(point => point.Up));
        Near([1, 0.9], lines[1].Points.Select(point => point.Up));
        Near([1, 0.92], lines[2].Points.Select(point => point.Up));
        var gap = Assert.Single(picture.Marks<PictureMark.Range>());
        Near([1.5, 0.8, 1], [gap.At, gap.Lower, gap.Upper]);
        Assert.Equal(new PicturePoint(1.5, 0.8), Assert.Single(Assert.Single(picture.Marks<PictureMark.Dots>()).Points));
        Near([1, Math.Exp(0.9), Math.Exp(0.92), Math.Exp(0.85)], picture.Row(1));
        Assert.Contains("conditional odds ratio is 2.72", picture.Description, StringComparison.Ordinal);
        Assert.Contains("marginal one is 2.23", picture.Description, StringComparison.Ordinal);
        Assert.Contains("between sites", picture.Across.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_drawn_curve_of_attenuation_falls_through_its_odds_ratios()
    {
        var reading = SvgReading.Of(ConditionalPictures.Attenuation(Curve));
        reading.Up.RequireEvenScale();
        var exact = reading.Lines().Where((_, i) => SvgReading.Style(reading.Marks("polyline")[i], "stroke-width") == "3").Single();
        Near([0, 1, 3], exact.Select(point => point.Across), 0.01);
        Near([1, 0.9, 0.6], exact.Select(point => point.Up), 0.01);
    }

    private static Picture Curves(params CurveGroup[] groups) => ConditionalPictures.Curves(
        new ClusterCurves("week", groups.Length > 1 ? "arm" : null, groups), "relapse", percent: true, ("site", "sites"), flattens: true);
}
