using MarginalConditional.Data.Tables;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="MetaPictures"/> and <see cref="FunnelRegion"/> of studies whose analysis is done by hand.</summary>
public sealed class MetaPicturesTests
{
    private static readonly double[] Y = [1, 2, 4];
    private static readonly double[] V = [1, 0.5, 0.25];

    /// <summary>Weights 1, 2 and 4 of 7: the mean is 3 and its error 1/√7.</summary>
    private static readonly MetaAnalysisFit Common = Fit(Y, V, HeterogeneityEstimator.Fixed);

    /// <summary>Equal variances of 2: τ² is (6 − 0)²/2 − 2 = 16, the mean 3 with the error √(18/2).</summary>
    private static readonly MetaAnalysisFit Random = Fit([0, 6], [2, 2], HeterogeneityEstimator.Restricted);

    internal static IEnumerable<Picture> Pictures => new[] { Common, Random }.SelectMany(fit => (Picture[])
    [
        MetaPictures.Forest(fit, ratios: false), MetaPictures.Forest(fit, ratios: true), MetaPictures.Funnel(fit, ratios: true),
        MetaPictures.Radial(fit, ratios: false),
    ]);

    [Fact]
    public void A_forest_has_each_study_with_its_interval_and_weight_and_the_common_effect()
    {
        var picture = MetaPictures.Forest(Common, ratios: false);
        var ranges = picture.Marks<PictureMark.Range>();
        Near([0, 1, 2], ranges.Select(range => range.At));
        Near(Y.Zip(V, (y, v) => y - (Z * Math.Sqrt(v))), ranges.Select(range => range.Lower));
        Near(Y.Zip(V, (y, v) => y + (Z * Math.Sqrt(v))), ranges.Select(range => range.Upper));
        var squares = Assert.Single(picture.Marks<PictureMark.Dots>());
        Near(Y, squares.Points.Select(point => point.Across));
        Near([0.25, 0.5, 1], squares.Areas);
        var diamond = Assert.Single(picture.Marks<PictureMark.Lozenge>());
        Near([3, 3 - (Z / Math.Sqrt(7)), 3, 3 + (Z / Math.Sqrt(7))], [diamond.At, diamond.Lower, diamond.Center, diamond.Upper]);
        Near([1, 1 - Z, 1 + Z, 1], picture.Row(0)[1..5]);
        Near([3, diamond.Lower, diamond.Upper, 1 / Math.Sqrt(7)], picture.Row(3)[1..5]);
        Assert.Equal(["a", "b", "c", "Common effect"], picture.Rows.Select(row => row.Label));
        Assert.Contains("0 of 3 studies lie below 0", picture.Description, StringComparison.Ordinal);
        picture.RequireInside();
    }

    [Fact]
    public void A_forest_of_random_effects_has_shrunken_effects_and_the_prediction()
    {
        var picture = MetaPictures.Forest(Random, ratios: false);
        Assert.Equal(["a", "b", "Mean effect", "Effect of a new study"], picture.Rows.Select(row => row.Label));
        var rings = picture.Marks<PictureMark.Dots>().Single(dots => dots.Shape == PictureShape.Ring);
        Near([3 - (3 * 16 / 18.0), 3 + (3 * 16 / 18.0)], rings.Points.Select(point => point.Across));
        var prediction = picture.Marks<PictureMark.Range>()[^1];
        Near([3, Random.PredictionInterval.Lower, Random.PredictionInterval.Upper], [prediction.At, prediction.Lower, prediction.Upper]);
        Near([Random.PredictionInterval.Lower, Random.PredictionInterval.Upper], picture.Row(3)[2..4]);
    }

    [Fact]
    public void Ratios_stand_at_logarithms_and_are_shown_as_ratios()
    {
        var picture = MetaPictures.Forest(Common, ratios: true);
        Assert.Equal(PictureScale.Ratio, picture.Across.Scale);
        Near([Math.Exp(1), Math.Exp(1 - Z), Math.Exp(1 + Z)], picture.Row(0)[1..4]);
        Near(Y, picture.Marks<PictureMark.Dots>()[0].Points.Select(point => point.Across));
        Assert.StartsWith("2.72 (0.38\u201319.3", picture.Rows[0].Text, StringComparison.Ordinal);
        Assert.Contains("below 1", picture.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_funnel_opens_by_z_standard_errors_and_counts_who_lies_outside()
    {
        var picture = MetaPictures.Funnel(Common, ratios: false);
        var band = Assert.Single(picture.Marks<PictureMark.Band>());
        var most = 1.05;
        Near([3, 3 - (Z * most)], band.Lower.Select(point => point.Across));
        Near([3, 3 + (Z * most)], band.Upper.Select(point => point.Across));
        Near([0, most], band.Upper.Select(point => point.Up));
        Near(V.Select(Math.Sqrt), picture.Marks<PictureMark.Dots>()[0].Points.Select(point => point.Up));
        Near([0, 3], picture.Marks<PictureMark.Rule>().Select(rule => rule.Value));
        var outside = Y.Zip(V).Count(pair => Math.Abs(pair.First - 3) > Z * Math.Sqrt(pair.Second));
        Assert.Contains($": {outside} lie outside", picture.Description, StringComparison.Ordinal);
        Assert.True(picture.Up.IsReversed);
        picture.RequireInside();
    }

    [Fact]
    public void In_a_radial_picture_the_slope_from_the_origin_is_the_effect()
    {
        var picture = MetaPictures.Radial(Common, ratios: false);
        var points = Assert.Single(picture.Marks<PictureMark.Dots>()).Points;
        Near(V.Select(v => 1 / Math.Sqrt(v)), points.Select(point => point.Across));
        Near(Y, points.Select(point => point.Up / point.Across));
        var line = Assert.Single(picture.Marks<PictureMark.Line>()).Points;
        Near([0, 0, 3], [line[0].Across, line[0].Up, line[1].Up / line[1].Across]);
        var band = Assert.Single(picture.Marks<PictureMark.Band>());
        Near([Z, Z], band.Upper.Zip(line, (upper, middle) => upper.Up - middle.Up));
        Near([Z, Z], band.Lower.Zip(line, (lower, middle) => middle.Up - lower.Up));
        picture.RequireInside();
    }

    [Fact]
    public void The_spread_between_studies_counts_in_the_precision()
    {
        var points = MetaPictures.Radial(Random, ratios: false).Marks<PictureMark.Dots>()[0].Points;
        Near([1 / Math.Sqrt(18), 1 / Math.Sqrt(18)], points.Select(point => point.Across));
        Near([0, 6 / Math.Sqrt(18)], points.Select(point => point.Up));
    }

    [Fact]
    public void A_picture_of_events_has_shares_and_areas_by_patients()
    {
        var data = new Dataset(
            "counts.csv",
            [
                new NumericColumn("a", [2, 30]), new NumericColumn("b", [8, 70]), new NumericColumn("c", [5, 20]),
                new NumericColumn("d", [15, 60]),
            ]);
        var counts = StudyCounts.Read(data, ("a", "b"), ("c", "d"), []);
        var fit = MetaAnalysis.Fit(
            counts.Effects(StudyMeasure.OddsRatio, new ZeroCells()), new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.Fixed });
        var picture = MetaPictures.Labbe(fit, counts);
        var dots = Assert.Single(picture.Marks<PictureMark.Dots>());
        Near([0.25, 0.25], dots.Points.Select(point => point.Across));
        Near([0.2, 0.3], dots.Points.Select(point => point.Up));
        Near([30 / 180.0, 1], dots.Areas);
        Near([5, 20, 2, 10], picture.Row(0)[1..]);
        Assert.Contains("in 1 of them more treated", picture.Description, StringComparison.Ordinal);
        Assert.Equal(0.33, picture.Across.Maximum!.Value, 1e-12);
        picture.RequireInside();
    }

    private static MetaAnalysisFit Fit(double[] y, double[] v, HeterogeneityEstimator estimator) => MetaAnalysis.Fit(
        new StudyEffects([.. y.Select((_, i) => $"{(char)('a' + i)}")], y, v, StudyMeasure.Given),
        new MetaAnalysisOptions { Estimator = estimator });
}
