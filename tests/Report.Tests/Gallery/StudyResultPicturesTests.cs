using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Tests.Drawing;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary>Pictures of a study that was run, small as it is: <see cref="BiasPictures"/> and <see cref="CoveragePictures"/>.</summary>
public sealed class StudyResultPicturesTests
{
    private static readonly StudyResult Result = SimulationRunner.Run(
        StudyReader.Parse(
            """
            study: small
            seed: 7
            replicates: 6
            data-generating-mechanisms:
              clusters: 12
              cluster-size: 8
              baseline: -0.5
              effect: [0, 0.8]
              sigma: [0.5, 1, 2]
            estimands: [conditional, marginal]
            methods:
              - glmm: {nodes: 5}
              - gee
            """,
            "small.yaml"),
        new SimulationOptions { Threads = 1 });

    internal static IEnumerable<Picture> Pictures =>
    [
        BiasPictures.Attenuation(Result), BiasPictures.Lollipop(Result), CoveragePictures.TypeIError(Result), CoveragePictures.Zip(Result),
    ];

    /// <summary>A conditional truth is the effect itself; a marginal one lies nearer to 0 the more clusters differ.</summary>
    [Fact]
    public void Lines_of_truths_stay_at_one_and_fall_with_the_spread()
    {
        var lines = BiasPictures.Attenuation(Result).Marks<PictureMark.Line>();
        Assert.Equal(["truth, conditional", "truth, marginal"], lines.Select(line => line.Legend));
        Assert.All(lines, line => Near([0.5, 1, 2], line.Points.Select(point => point.Across)));
        Near([1, 1, 1], lines[0].Points.Select(point => point.Up));
        double[] marginal = [.. lines[1].Points.Select(point => point.Up)];
        Assert.Equal(marginal.OrderDescending(), marginal);
        Assert.All(marginal, share => Assert.InRange(share, 0.4, 0.99));
    }

    [Fact]
    public void Points_are_mean_estimates_over_the_effect_beside_their_spread()
    {
        var picture = BiasPictures.Attenuation(Result);
        var table = Result.ToTableOfOneScale();
        foreach (var (dots, method) in picture.Marks<PictureMark.Dots>().Zip((int[])[0, 1]))
        {
            var cells = table.Cells
                .Where(cell => cell.MethodIndex == method && cell.Label.Contains("0.8", StringComparison.Ordinal))
                .ToArray();
            Near(cells.Select(cell => cell.Performance.Mean.Value / 0.8), dots.Points.Select(point => point.Up), 1e-9);
            Near([0.5, 1, 2], dots.Points.Select(point => point.Across), 0.05);
        }

        Assert.All(picture.Marks<PictureMark.Range>(), range => Assert.True(range.IsVertical && range.Lower < range.Upper));
        Assert.Equal(6, picture.Marks<PictureMark.Range>().Length);
        Assert.Equal(6, picture.Numbers.Rows.Count);
        Assert.True(BiasPictures.HasEffects(Result));
    }

    [Fact]
    public void Pictures_of_a_result_are_those_of_its_table()
    {
        Assert.Equal(Texts(BiasPictures.Lollipop(Result.ToTableOfOneScale())), Texts(BiasPictures.Lollipop(Result)));
        Assert.Equal(Texts(CoveragePictures.TypeIError(Result.ToTableOfOneScale())), Texts(CoveragePictures.TypeIError(Result)));
        Assert.Equal(
            Texts(CoveragePictures.Zip(Result.ToTableOfOneScale(), Result.Intervals)), Texts(CoveragePictures.Zip(Result)));
        Assert.True(CoveragePictures.HasNulls(Result));
        static string[] Texts(Picture picture) => [.. SvgReading.Of(picture).Texts().Select(SvgReading.Shown), picture.Description];
    }

    /// <summary>Replicates are ordered by how far they lie from the truth: those that miss it come last.</summary>
    [Fact]
    public void A_zip_has_an_interval_a_replicate_and_those_that_miss_the_truth_above()
    {
        var picture = CoveragePictures.Zip(Result);
        var ranges = picture.Marks<PictureMark.Range>();
        var truth = picture.Marks<PictureMark.Rule>()[0].Value;
        Near(Enumerable.Range(1, ranges.Length).Select(k => 100.0 * k / ranges.Length), ranges.Select(range => range.At), 1e-9);
        Assert.All(ranges, range => Assert.Equal(
            range.Lower <= truth && truth <= range.Upper ? "covers the truth" : "misses it", range.Legend));
        var missing = ranges.SkipWhile(range => range.Legend != "misses it").ToArray();
        Assert.All(missing, range => Assert.Equal("misses it", range.Legend));
    }
}
