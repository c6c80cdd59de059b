using MarginalConditional.Data.Tables;
using MarginalConditional.Meta;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="MetaPictures"/> of single arms: people are shown proportions and rates, whatever they were combined as.</summary>
public sealed class ArmPicturesTests
{
    private static readonly double[] Events = [4, 30, 9];
    private static readonly double[] Sizes = [40, 120, 60];

    public static TheoryData<string> Measures =>
        [.. new[] { StudyMeasure.LogitProportion, StudyMeasure.ArcsineProportion, StudyMeasure.LogProportion, StudyMeasure.Proportion }
            .Select(measure => measure.Code)];

    internal static IEnumerable<Picture> Pictures => MetaPicturesOf(Fit(StudyMeasure.LogitProportion));

    [Theory]
    [MemberData(nameof(Measures))]
    public void Proportions_stand_in_the_forest_and_in_its_table_as_they_were_observed(string code)
    {
        var picture = MetaPictures.Forest(Fit(Of(code)), ratios: false);
        double[] shares = [.. Events.Zip(Sizes, (events, size) => events / size)];
        Near(shares, picture.Marks<PictureMark.Dots>()[0].Points.Select(point => point.Across), 1e-12);
        Near(shares, Enumerable.Range(0, 3).Select(row => picture.Row(row)[1]), 1e-12);
        Assert.All(picture.Numbers.Rows.Select((_, row) => picture.Row(row)), row =>
        {
            Assert.InRange(row[2], 0, 1);
            Assert.InRange(row[3], row[2], 1);
        });
        var diamond = Assert.Single(picture.Marks<PictureMark.Lozenge>());
        Near([diamond.Center, diamond.Lower, diamond.Upper], picture.Row(3)[1..4]);
        Assert.InRange(diamond.Center, shares.Min(), shares.Max());
        Assert.DoesNotContain("below 0", picture.Description, StringComparison.Ordinal);
        Assert.Equal("proportion", picture.Numbers.Columns[1]);
        Assert.Equal("Proportions of 3 studies", picture.Title);
        Assert.StartsWith("0.1", picture.Rows[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Measures))]
    public void Funnel_and_radial_plot_say_as_what_effects_were_combined(string code)
    {
        var fit = Fit(Of(code));
        var funnel = MetaPictures.Funnel(fit, ratios: false);
        Assert.Equal($"Proportion ({code})", funnel.Across.Title);
        Assert.Equal($"Proportions ({code}) against their standard errors", funnel.Title);
        Near(fit.Studies.Estimates.ToArray(), funnel.Marks<PictureMark.Dots>()[0].Points.Select(point => point.Across));
        foreach (var picture in (Picture[])[funnel, MetaPictures.Radial(fit, ratios: false)])
        {
            Near(fit.Studies.Estimates.ToArray(), Enumerable.Range(0, 3).Select(row => picture.Row(row)[1]));
            Assert.Equal($"proportion ({code.ToLowerInvariant()})", picture.Numbers.Columns[1]);
        }
    }

    [Fact]
    public void The_drawn_forest_has_the_observed_shares()
    {
        var reading = SvgReading.Of(MetaPictures.Forest(Fit(StudyMeasure.LogitProportion), ratios: false));
        var squares = reading.Areas().Where(area => area.Length == 4).Take(3).ToArray();
        Near([0.1, 0.25, 0.15], squares.Select(square => square.Average(corner => corner.Across)), 0.001);
    }

    private static IEnumerable<Picture> MetaPicturesOf(MetaAnalysisFit fit) =>
        [MetaPictures.Forest(fit, false), MetaPictures.Funnel(fit, false), MetaPictures.Radial(fit, false)];

    private static StudyMeasure.ArmMeasure Of(string code) => new[]
    {
        StudyMeasure.LogitProportion, StudyMeasure.ArcsineProportion, StudyMeasure.LogProportion, StudyMeasure.Proportion,
    }.Single(measure => measure.Code == code);

    private static MetaAnalysisFit Fit(StudyMeasure.ArmMeasure measure)
    {
        var data = new Dataset("arms.csv", [new NumericColumn("x", Events), new NumericColumn("n", Sizes)]);
        var arms = StudyArms.Read(data, "x", "n", isTotal: true, isRate: false, []);
        return MetaAnalysis.Fit(
            arms.Effects(measure, new ZeroCells()), new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.Fixed });
    }
}
