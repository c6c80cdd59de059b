using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Meta.Regression;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="BubblePicture"/> of regressions that are done by hand.</summary>
public sealed class BubblePictureTests
{
    private static readonly double[] Dose = [0, 1, 2, 3];
    private static readonly double[] Effects = [1, 2, 2, 5];

    internal static IEnumerable<Picture> Pictures =>
        [BubblePicture.Of(Fit("dose", [1, 1, 1, 1]), "dose", false), BubblePicture.OfLevels(Fit("arm", [1, 1, 1, 1]), "arm", true)];

    /// <summary>Of equal variances of 1 the line is 0.7 + 1.2 x, and its variance at x is 1/4 + (x - 1.5)²/5.</summary>
    [Fact]
    public void The_line_and_its_band_are_those_of_least_squares()
    {
        var picture = BubblePicture.Of(Fit("dose", [1, 1, 1, 1]), "dose", ratios: false);
        var line = Assert.Single(picture.Marks<PictureMark.Line>()).Points;
        Near(line.Select(point => 0.7 + (1.2 * point.Across)), line.Select(point => point.Up), 1e-9);
        Near([-0.12, 3.12], [line[0].Across, line[^1].Across]);
        var band = Assert.Single(picture.Marks<PictureMark.Band>());
        Near(line.Select(point => Z * Math.Sqrt(0.25 + (Math.Pow(point.Across - 1.5, 2) / 5))),
            band.Upper.Zip(line, (upper, middle) => upper.Up - middle.Up), 1e-9);
        Near(line.Select(point => 2 * point.Up), band.Upper.Zip(band.Lower, (upper, lower) => upper.Up + lower.Up), 1e-9);
        Assert.Contains("goes from 0.56 to 4.44", picture.Description, StringComparison.Ordinal);
        Near([3, 5, 1, 4.3], picture.Row(3)[1..], 1e-9);
    }

    [Fact]
    public void Circles_stand_at_their_study_with_areas_by_weight()
    {
        var picture = BubblePicture.Of(Fit("dose", [2, 8, 4, 2]), "dose", ratios: false);
        var circles = Assert.Single(picture.Marks<PictureMark.Dots>());
        Near([1, 0.25, 0.5, 1], circles.Areas, 1e-9);
        var reading = SvgReading.Of(picture);
        Near(Dose, reading.Discs().Select(disc => disc.Across), 0.01);
        Near(Effects, reading.Discs().Select(disc => disc.Up), 0.02);
        double[] radii = [.. reading.Marks("ellipse").Select(circle => SvgReading.Number(circle, "rx"))];
        Near([14, 7, 14 * Math.Sqrt(0.5), 14], radii, 0.001);
        Assert.Equal(["a", "b", "c", "d"], reading.Marks("ellipse").Select(circle => SvgReading.Tooltip(circle)));
    }

    [Fact]
    public void Random_effects_have_dashed_edges_where_a_new_study_is_expected()
    {
        var picture = BubblePicture.Of(Fit("dose", [0.01, 0.01, 0.01, 0.01], HeterogeneityEstimator.Restricted), "dose", ratios: false);
        var lines = picture.Marks<PictureMark.Line>();
        Assert.Equal([PictureStroke.Dashed, PictureStroke.Dashed, PictureStroke.Solid], lines.Select(line => line.Stroke));
        var band = Assert.Single(picture.Marks<PictureMark.Band>());
        Assert.All(Enumerable.Range(0, band.Lower.Count), i =>
        {
            Assert.True(lines[0].Points[i].Up < band.Lower[i].Up);
            Assert.True(lines[1].Points[i].Up > band.Upper[i].Up);
        });
        Assert.EndsWith("dashed: where a new study's effect is expected.", picture.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_stand_side_by_side_with_their_means()
    {
        var picture = BubblePicture.OfLevels(Fit("arm", [1, 1, 1, 1]), "arm", ratios: false);
        Assert.Equal([(0.0, "high"), (1.0, "low")], picture.Across.Ticks);
        var dots = picture.Marks<PictureMark.Dots>();
        Near([1, 2, 2, 5], dots[0].Points.Select(point => point.Up));
        Assert.Equal(["low", "low", "high", "high"], dots[0].Points.Select(point => point.Across > 0.5 ? "low" : "high"));
        Assert.Equal(4, dots[0].Points.Select(point => point.Across).Distinct().Count());
        Near([3.5, 1.5], dots.Skip(1).Select(dot => dot.Points[0].Up), 1e-9);
        var intervals = picture.Marks<PictureMark.Range>();
        Near([3.5 - (Z / Math.Sqrt(2)), 1.5 - (Z / Math.Sqrt(2))], intervals.Select(one => one.Lower), 1e-9);
        Assert.All(intervals.Zip(dots.Skip(1)), pair => Assert.Equal(pair.First.At, pair.Second.Points[0].Across));
        Assert.Contains("is 3.50 (high), 1.50 (low).", picture.Description, StringComparison.Ordinal);
        Assert.Equal(["low", "low", "high", "high"], picture.Numbers.Rows.Select(row => row[1].Text));
        Near([3.5, 1.5], [picture.Row(3)[4], picture.Row(0)[4]], 1e-9);
    }

    [Fact]
    public void Where_others_are_held_is_said()
    {
        var fit = Fit("dose + arm", [1, 1, 1, 1]);
        Assert.Contains("The line is for arm high", BubblePicture.Of(fit, "dose", false).Caption, StringComparison.Ordinal);
        Assert.Contains("Means are for dose 1.50 (its mean)", BubblePicture.OfLevels(fit, "arm", false).Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Logarithms_are_shown_as_ratios()
    {
        var picture = BubblePicture.Of(Fit("dose", [1, 1, 1, 1]), "dose", ratios: true);
        Assert.Equal(PictureScale.Ratio, picture.Up.Scale);
        Near([Math.Exp(5), Math.Exp(4.3)], [picture.Row(3)[2], picture.Row(3)[4]], 1e-9);
        Near(Effects, SvgReading.Of(picture).Discs().Select(disc => disc.Up), 0.02);
    }

    /// <summary>Studies of high have one dose, so that there is no line along others; of low there would be one.</summary>
    [Fact]
    public void Without_a_mean_everywhere_there_is_no_picture()
    {
        var fit = Fit("dose * arm", [1, 1, 1, 1], doses: [2, 3, 1, 1]);
        Assert.False(BubblePicture.IsPossible(fit, "dose"));
        Assert.Throws<ArgumentException>("moderator", () => BubblePicture.Of(fit, "dose", ratios: false));
        Assert.True(BubblePicture.IsPossible(Fit("dose + arm", [1, 1, 1, 1]), "dose"));
    }

    private static MetaRegressionFit Fit(
        string formula, double[] variances, HeterogeneityEstimator? estimator = null, double[]? doses = null)
    {
        var studies = new StudyEffects(["a", "b", "c", "d"], Effects, variances, StudyMeasure.Given) { Rows = [0, 1, 2, 3] };
        var data = new Dataset(
            "studies.csv", [new NumericColumn("dose", doses ?? Dose), FactorColumn.Of("arm", ["low", "low", "high", "high"])]);
        var request = new FrameRequest { Formula = FormulaParser.Parse($"{ModeratedStudies.ResponseName} ~ {formula}") };
        return MetaRegression.Fit(
            ModeratedStudies.Of(studies, data, request, cluster: null),
            new MetaAnalysisOptions { Estimator = estimator ?? HeterogeneityEstimator.Fixed, Interval = MeanInterval.Wald });
    }
}
