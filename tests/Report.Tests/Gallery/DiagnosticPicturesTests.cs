using System.Xml.Linq;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Mixed;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using MarginalConditional.Statistics.Inference;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary>
/// <see cref="InfluencePicture"/>, <see cref="ResidualPicture"/>, <see cref="QuantilePicture"/> and <see cref="DropoutPicture"/> of
/// numbers given.
/// </summary>
public sealed class DiagnosticPicturesTests
{
    internal static IEnumerable<Picture> Pictures =>
    [
        Influence(1, 2, double.NaN, 5, 0), ResidualPicture.Of([Bin(0.1, 0.02), Bin(0.2, -0.3)], "relapse", true, "site", 0.95),
        QuantilePicture.OfResiduals([3, -1, 0.5, double.NaN, 2], "Residuals"),
        DropoutPicture.Of(Frame("a1 a2 a3 b1 b2 b3 c1 c2 d1 d3")),
    ];

    [Fact]
    public void A_stick_a_cluster_is_as_high_as_its_distance_and_the_largest_is_named()
    {
        var picture = Influence(1, 2, double.NaN, 5, 0);
        Near([4, 2, 1, 5], Assert.Single(picture.Marks<PictureMark.Dots>()).Points.Select(point => point.Across));
        Near([25, 4, 1, 0], picture.Marks<PictureMark.Range>().Select(stick => stick.Upper));
        Assert.All(picture.Marks<PictureMark.Range>(), stick => Assert.True(stick.IsVertical && stick.Lower == 0));
        Near([7.5], picture.Marks<PictureMark.Rule>().Select(rule => rule.Value));
        Assert.Equal("site 4", picture.Marks<PictureMark.Label>()[0].Text);
        Assert.Equal("The largest distance is 25.0, of site site 4; the mean is 7.50.", picture.Description);
        Assert.EndsWith("1 cluster without which the estimates do not exist is left out.", picture.Caption, StringComparison.Ordinal);
        Near([13, 25], picture.Row(0)[1..]);
    }

    [Fact]
    public void Sticks_and_points_are_drawn_at_their_cluster_and_distance()
    {
        var reading = SvgReading.Of(Influence(1, 2, 3));
        Near([3, 2, 1], reading.Discs().Select(disc => disc.Across), 0.01);
        Near([9, 4, 1], reading.Discs().Select(disc => disc.Up), 0.02);
        foreach (var (stick, disc) in reading.Lines().Zip(reading.Discs()))
        {
            Near([disc.Across, 0, disc.Across, disc.Up], [stick[0].Across, stick[0].Up, stick[1].Across, stick[1].Up], 0.03);
        }

        Assert.Equal(
            ["site 3: 9.00", "site 2: 4.00", "site 1: 1.00"], reading.Marks("ellipse").Select(disc => SvgReading.Tooltip(disc)));
    }

    [Fact]
    public void Names_of_clusters_do_not_stand_over_each_other()
    {
        double[] roots = [.. Enumerable.Range(0, 40).Select(i => 10 + (i * 0.001))];
        var names = NamesOf(SvgReading.Of(Influence(roots)));
        Assert.Equal("site 40", SvgReading.Shown(names[0]));
        (double X, double Y)[] places = [.. names.Select(SvgReading.Place)];
        Assert.All(places.SelectMany((one, i) => places.Skip(i + 1).Select(other => (one, other))), pair =>
            Assert.True(Math.Abs(pair.one.X - pair.other.X) > 30 || Math.Abs(pair.one.Y - pair.other.Y) > 10));
    }

    [Fact]
    public void The_largest_distances_are_named_each_nearer_to_its_own_name_than_to_another()
    {
        // The third and the fourth are neighbours of nearly one height, of which the lower stands on the right.
        var reading = SvgReading.Of(Influence(1, 1.5, 3, 2.98, 1, 2, 1, 1, 2.5));
        var names = NamesOf(reading);
        Assert.Equal(["site 3", "site 4", "site 9", "site 6", "site 2"], names.Select(SvgReading.Shown));
        var discs = reading.Marks("ellipse").Select(disc => (SvgReading.Number(disc, "cx"), SvgReading.Number(disc, "cy"))).ToArray();
        foreach (var name in names)
        {
            var (x, y) = SvgReading.Place(name);
            var nearest = Array.IndexOf(discs, discs.MinBy(disc => Math.Pow(disc.Item1 - x, 2) + Math.Pow(disc.Item2 - y, 2)));
            var tooltip = SvgReading.Tooltip(reading.Marks("ellipse")[nearest])!;
            Assert.StartsWith(SvgReading.Shown(name) + ":", tooltip, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Clusters_without_distances_are_said_to_have_none()
    {
        var picture = Influence(double.NaN, double.NaN);
        Assert.Equal("No cluster has a distance.", picture.Description);
        Assert.Contains("2 clusters without which the estimates do not exist are left out", picture.Caption, StringComparison.Ordinal);
        Assert.Empty(SvgReading.Of(picture).Marks("ellipse"));
        Assert.Empty(SvgReading.Of(picture).Marks("polyline"));
    }

    [Fact]
    public void Mean_residuals_stand_over_their_fitted_means_and_those_away_from_zero_are_diamonds()
    {
        ResidualBin[] bins = [Bin(0.1, 0.02), Bin(0.2, -0.3), Bin(0.3, double.NaN), Bin(0.5, 0.01) with
        {
            Residual = Row(0.01) with { Lower = double.NaN, Upper = double.NaN },
        }];
        var picture = ResidualPicture.Of(bins, "relapse", percent: true, "site", 0.95);
        var dots = picture.Marks<PictureMark.Dots>();
        Near([0.1, 0.5], dots[0].Points.Select(point => point.Across));
        Near([-0.3], dots[1].Points.Select(point => point.Up));
        Assert.Equal((PictureShape.Disc, PictureShape.Diamond), (dots[0].Shape, dots[1].Shape));
        Near([-0.03, -0.35], picture.Marks<PictureMark.Range>().Select(range => range.Lower));
        Assert.Equal("3 bins of fitted means; the intervals of 1 leave out 0.", picture.Description);
        Assert.Equal("20 rows of 4 clusters: mean residual \u221230.0\u00A0% at a fitted mean of 20.0\u00A0%", dots[1].Names[0]);
        var reading = SvgReading.Of(picture);
        Near([0.1, 0.5], reading.Discs().Select(disc => disc.Across), 0.001);
        Near([0.02, 0.01], reading.Discs().Select(disc => disc.Up), 0.001);
        Assert.Equal(string.Empty, ResidualPicture.Of([bins[0]], "y", false, "site", 0.95).Marks<PictureMark.Dots>()[1].Legend);
    }

    [Fact]
    public void Residuals_stand_over_the_quantiles_of_their_ranks()
    {
        var picture = QuantilePicture.OfResiduals([3, -1, 0.5, double.NaN, 2], "Residuals");
        var points = Assert.Single(picture.Marks<PictureMark.Dots>());
        Near([-1, 0.5, 2, 3], points.Points.Select(point => point.Up));

        // Normal quantiles of 1/8, 3/8, 5/8 and 7/8.
        Near([-1.1503493803760079, -0.31863936396437526, 0.31863936396437526, 1.1503493803760079],
            points.Points.Select(point => point.Across), 1e-9);
        Assert.Equal(["row 2", "row 3", "row 5", "row 1"], points.Names);
        var line = Assert.Single(picture.Marks<PictureMark.Line>()).Points;

        // Quartiles of type 7 are 0.125 and 2.25, at normal quantiles of 0.6745 below and above 0.
        var slope = (2.25 - 0.125) / (2 * 0.6744897501960817);
        Near([slope], [(line[1].Up - line[0].Up) / (line[1].Across - line[0].Across)], 1e-9);
        Assert.EndsWith("the largest in size is 3.00.", picture.Description, StringComparison.Ordinal);
        var discs = SvgReading.Of(picture).Discs();
        Near(points.Points.Select(point => point.Across), discs.Select(disc => disc.Across), 0.01);
        Near(points.Points.Select(point => point.Up), discs.Select(disc => disc.Up), 0.01);
    }

    [Fact]
    public void Effects_of_several_terms_are_series_that_shape_and_stroke_tell_apart()
    {
        var sites = new RandomEffectEstimate("site", ["(Intercept)", "time"], [4, 0, 0, 1], [2, 1, -4, 3], new double[4], g => $"s{g}");
        var patients = new RandomEffectEstimate("patient", ["(Intercept)"], [0.25], [1, -0.5, 0], new double[3], g => $"p{g}");
        var picture = QuantilePicture.OfEffects([sites, patients]);
        var dots = picture.Marks<PictureMark.Dots>();
        Assert.Equal(["(Intercept) | site", "time | site", "(Intercept) | patient"], dots.Select(dot => dot.Legend));
        Assert.Equal(3, dots.Select(dot => dot.Shape).Distinct().Count());
        Assert.Equal(3, picture.Marks<PictureMark.Line>().Select(line => line.Stroke).Distinct().Count());
        Near([-2, 1], dots[0].Points.Select(point => point.Up));
        Near([-1, 0, 2], dots[2].Points.Select(point => point.Up));
        Assert.Equal(["p1", "p2", "p0"], dots[2].Names);
        Assert.Equal("Predicted effects of site, patient against normal quantiles", picture.Title);
        Assert.Equal("7 values against normal quantiles; the largest in size is 3.00.", picture.Description);
        Assert.Equal(string.Empty, QuantilePicture.OfEffects([patients]).Marks<PictureMark.Dots>()[0].Legend);
    }

    [Fact]
    public void No_values_are_a_picture_all_the_same()
    {
        var picture = QuantilePicture.OfResiduals([double.NaN, double.PositiveInfinity], "Residuals");
        Assert.Empty(picture.Numbers.Rows);
        Assert.Empty(SvgReading.Of(picture).Marks("ellipse"));
    }

    [Fact]
    public void Patterns_of_waves_have_a_disc_where_seen_and_a_ring_where_missing()
    {
        var picture = DropoutPicture.Of(Frame("a1 a2 a3 b1 b2 b3 c1 c2 d1 d3 e1 e2 f1 f2 f3"));
        Assert.Equal(["complete", "dropout", "gaps"], picture.Rows.Select(row => row.Label));
        Assert.Equal(["3 (50.0\u00A0%)", "2 (33.3\u00A0%)", "1 (16.7\u00A0%)"], picture.Rows.Select(row => row.Text));
        var reading = SvgReading.Of(picture);
        Assert.Equal(["1", "2", "3"], reading.Across.Labels);
        var seen = reading.Marks("ellipse").Zip(reading.Discs())
            .Where(pair => SvgReading.Style(pair.First, "fill") != "rgb(255,255,255)")
            .Select(pair => ((int)Math.Round(pair.Second.Across), (int)pair.Second.Up));
        Assert.Equal([(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (0, 2), (2, 2)], seen);
        Assert.Equal(9, reading.Discs().Length);
        Assert.Equal("\u25CF\u25CB\u25CF", picture.Numbers.Rows[2][0].Text);
        Assert.Equal(
            "3 patterns: 3 of 6 clusters were seen at every wave, 2 left and did not come back, 1 missed a wave and came back.",
            picture.Description);
    }

    [Fact]
    public void Rare_patterns_beyond_twenty_are_counted_but_not_drawn()
    {
        // Every pattern of six waves that is seen at the first: 32 of them, each of one cluster.
        var rows = Enumerable.Range(0, 32).SelectMany(code => Enumerable.Range(1, 6)
            .Where(wave => wave == 1 || ((code >> (wave - 2)) & 1) == 1)
            .Select(wave => $"{(char)('A' + code)}{wave}"));
        var picture = DropoutPicture.Of(Frame(string.Join(' ', rows)));
        Assert.Equal(20, picture.Rows.Count);
        Assert.Equal(32, picture.Numbers.Rows.Count);
        Assert.EndsWith("12 rarer patterns of 12 clusters are left out.", picture.Caption, StringComparison.Ordinal);
        Assert.StartsWith("32 patterns: 1 of 32", picture.Description, StringComparison.Ordinal);
        Assert.All(picture.Marks<PictureMark.Dots>().SelectMany(dots => dots.Points), point => Assert.InRange(point.Up, 0, 19));
    }

    private static XElement[] NamesOf(SvgReading reading) =>
        [.. reading.Marks("text").Where(text => SvgReading.Shown(text).StartsWith("site", StringComparison.Ordinal))];

    /// <summary>Of one coefficient of variance 1: a cluster's distance is the square of what it moves.</summary>
    private static Picture Influence(params double[] changes) => InfluencePicture.Of(
        new ClusterList("site", [.. changes.Select((_, i) => $"site {i + 1}")], [.. changes.Select((_, i) => 10 + i)]),
        CookDistances.Of(changes, 1, [1]),
        "by one step");

    private static ResidualBin Bin(double fitted, double residual) => new(20, 4, fitted, Row(residual));

    private static Coefficient Row(double residual) =>
        new("mean residual", residual, 0.025, 3, residual / 0.025, 0.5, residual - 0.05, residual + 0.05);

    private static ModelFrame Frame(string rows)
    {
        var csv = "id,t,y\n" + string.Concat(rows.Split(' ').Select((row, i) => $"{row[..^1]},{row[^1]},{i % 2}\n"));
        return ModelFrameBuilder.Build(
            DatasetReader.Read("rows.csv", System.Text.Encoding.UTF8.GetBytes(csv)),
            new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Cluster = "id", Wave = "t" });
    }
}
