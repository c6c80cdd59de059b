using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Residuals;
using MarginalConditional.Profiling;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using MarginalConditional.Statistics.Families;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary><see cref="ProfilePictures"/> and <see cref="ScaledResidualPictures"/> of hospitals with numbers of events.</summary>
public sealed class HospitalPicturesTests
{
    private static readonly int[] Patients = [60, 40, 25, 50, 80, 120];
    private static readonly int[] Events = [12, 8, 6, 9, 14, 72];
    private static readonly GlmmFit Fit = GlmmFitter.Fit(Frame(), new GlmmOptions { Family = Family.Binomial });
    private static readonly UnitProfiles Profiles = UnitProfiler.Profile(Fit, new ProfileOptions { RankDraws = 200 });
    private static readonly SimulatedResiduals Residuals = SimulatedResiduals.Of(Fit, draws: 20)!;

    internal static IEnumerable<Picture> Pictures =>
    [
        ProfilePictures.Caterpillar(Profiles, percent: true), ProfilePictures.Funnel(Profiles, percent: true),
        ScaledResidualPictures.Quantiles(Residuals), ScaledResidualPictures.ByPrediction(Residuals),
    ];

    /// <summary>Without covariates the crude rate is events over patients, whatever the model.</summary>
    [Fact]
    public void Crosses_stand_at_events_over_patients_and_points_between_them_and_the_average()
    {
        var picture = ProfilePictures.Caterpillar(Profiles, percent: true);
        var crosses = picture.Marks<PictureMark.Dots>().Single(dots => dots.Shape == PictureShape.Cross);
        string[] names = [.. picture.Rows.Select(row => row.Label)];
        double[] crude = [.. names.Select(name => int.Parse(name.AsSpan("hospital ".Length), null) - 1)
            .Select(h => (double)Events[h] / Patients[h])];
        Near(crude, crosses.Points.Select(point => point.Across), 1e-9);
        var reference = Assert.Single(picture.Marks<PictureMark.Rule>()).Value;
        foreach (var point in picture.Marks<PictureMark.Dots>().Where(dots => dots != crosses).SelectMany(dots => dots.Points))
        {
            var own = crude[(int)point.Up];
            Assert.InRange(point.Across, Math.Min(own, reference), Math.Max(own, reference));
        }

        var all = picture.Marks<PictureMark.Dots>().Where(dots => dots != crosses).SelectMany(dots => dots.Points);
        double[] ascending = [.. all.OrderBy(point => point.Up).Select(point => point.Across)];
        Assert.Equal(ascending.Order(), ascending);
        Assert.Equal(6, ascending.Length);
    }

    [Fact]
    public void A_unit_is_a_triangle_and_bold_exactly_when_its_interval_leaves_out_the_average()
    {
        var picture = ProfilePictures.Caterpillar(Profiles, percent: true);
        var reference = Assert.Single(picture.Marks<PictureMark.Rule>()).Value;
        foreach (var range in picture.Marks<PictureMark.Range>())
        {
            var dots = picture.Marks<PictureMark.Dots>().Single(dots =>
                dots.Shape != PictureShape.Cross && dots.Points.Any(point => point.Up == range.At));
            var shape = range.Lower > reference ? PictureShape.Up : range.Upper < reference ? PictureShape.Down : PictureShape.Disc;
            Assert.Equal(shape, dots.Shape);
            Assert.Equal(shape != PictureShape.Disc, picture.Rows[(int)range.At].IsSummary);
        }

        Assert.Equal("hospital 6", picture.Rows[^1].Label);
        Assert.Contains(picture.Marks<PictureMark.Dots>(), dots => dots.Legend == "above" && dots.Names.Contains("hospital 6"));
        var above = picture.Marks<PictureMark.Dots>().Where(dots => dots.Legend == "above").Sum(dots => dots.Points.Count);
        Assert.Contains($"; {above} are above", picture.Description, StringComparison.Ordinal);
    }

    /// <summary>A share of n patients has, at the average's rate, a standard error that falls by the root of n.</summary>
    [Fact]
    public void The_funnel_has_each_unit_at_its_rate_and_at_the_error_of_its_size()
    {
        var picture = ProfilePictures.Funnel(Profiles, percent: true);
        var points = picture.Marks<PictureMark.Dots>()
            .SelectMany(dots => dots.Points.Zip(dots.Names))
            .OrderBy(pair => pair.Second, StringComparer.Ordinal)
            .Select(pair => pair.First)
            .ToArray();
        Near(Events.Zip(Patients, (events, patients) => (double)events / patients), points.Select(point => point.Across), 1e-9);
        var center = Assert.Single(picture.Marks<PictureMark.Rule>()).Value;
        Near(Patients.Select(patients => Math.Sqrt(center * (1 - center) / patients)), points.Select(point => point.Up), 1e-9);
        var outside = points.Count(point => Math.Abs(point.Across - center) > Z * point.Up);
        Assert.Contains($"{outside} of 6 units lie outside; 0.3 would be expected", picture.Description, StringComparison.Ordinal);
        Assert.Equal(outside, picture.Marks<PictureMark.Dots>()[1].Points.Count);
        Assert.True(picture.Up.IsReversed);
    }

    [Fact]
    public void Simulated_residuals_stand_in_order_over_even_quantiles_between_lines_at_the_distance_of_draws()
    {
        var picture = ScaledResidualPictures.Quantiles(Residuals);
        var points = Assert.Single(picture.Marks<PictureMark.Dots>()).Points;
        Near(Residuals.Scaled.ToArray().Order(), points.Select(point => point.Up));
        Near(Enumerable.Range(0, points.Count).Select(i => (i + 0.5) / points.Count), points.Select(point => point.Across));
        var lines = picture.Marks<PictureMark.Line>();
        Near([Residuals.Band, -Residuals.Band, 0], lines.Select(line => line.Points[0].Up - line.Points[0].Across));
        Near([Residuals.Band, -Residuals.Band, 0], lines.Select(line => line.Points[1].Up - line.Points[1].Across));
        Assert.StartsWith("375 residuals; ", picture.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Quartiles_of_neighbours_have_their_share_of_the_points_below_them()
    {
        var picture = ScaledResidualPictures.ByPrediction(Residuals);
        Near([0.25, 0.5, 0.75], picture.Marks<PictureMark.Rule>().Select(rule => rule.Value));
        var points = Assert.Single(picture.Marks<PictureMark.Dots>()).Points;
        Near(Residuals.Scaled.ToArray().Order(), points.Select(point => point.Up).Order());
        var lines = picture.Marks<PictureMark.Line>();
        Assert.Equal(3, lines.Length);
        foreach (var (line, quartile) in lines.Zip((double[])[0.25, 0.5, 0.75]))
        {
            for (var bin = 0; bin < 10; bin++)
            {
                var own = points.Where(point => (int)(point.Across * 10) == bin).ToArray();
                var height = line.Points.Single(point => (int)(point.Across * 10) == bin).Up;
                Assert.InRange(quartile * own.Length, own.Count(point => point.Up < height), own.Count(point => point.Up <= height));
            }
        }

        var middles = lines[1].Points.Select(point => point.Up).ToArray();
        Assert.Contains("375 residuals by rank of the prediction; the medians of 10 groups", picture.Description, StringComparison.Ordinal);
        Assert.True(middles.Max() > middles.Min());
    }

    [Fact]
    public void The_drawings_have_them_at_these_numbers()
    {
        var reading = SvgReading.Of(ScaledResidualPictures.Quantiles(Residuals));
        Near(Residuals.Scaled.ToArray().Order(), reading.Discs().Select(disc => disc.Up), 0.001);
        var caterpillar = ProfilePictures.Caterpillar(Profiles, percent: true);
        var rows = SvgReading.Of(caterpillar).Discs().Select(disc => caterpillar.Rows[(int)disc.Up].Label);
        Assert.Equal(caterpillar.Marks<PictureMark.Dots>().Single(dots => dots.Shape == PictureShape.Disc).Names, rows);
    }

    private static ModelFrame Frame()
    {
        var n = Patients.Sum();
        var (response, groups, offsets) = (new double[n], new int[n], new int[Patients.Length + 1]);
        for (var h = 0; h < Patients.Length; h++)
        {
            offsets[h + 1] = offsets[h] + Patients[h];
            groups.AsSpan(offsets[h], Patients[h]).Fill(h);
            response.AsSpan(offsets[h], Events[h]).Fill(1);
        }

        double[] ones = [.. Enumerable.Repeat(1.0, n)];
        string Label(int hospital) => $"hospital {hospital + 1}";
        return new ModelFrame(
            new DesignMatrix(n, ["(Intercept)"], ones, ["(Intercept)"]), response, new Clusters("hospital", offsets, Label))
        {
            RandomTerms = [new RandomTermDesign("hospital", groups, Patients.Length, Label, ["(Intercept)"], ones, correlated: true)],
        };
    }
}
