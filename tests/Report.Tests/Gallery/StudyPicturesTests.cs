using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Report.Pictures;
using static MarginalConditional.Report.Tests.Gallery.PictureReading;

namespace MarginalConditional.Report.Tests.Gallery;

/// <summary>Pictures of a study's performance: every number in them is one of the table, at its place.</summary>
public sealed class StudyPicturesTests
{
    private static readonly double[] Bias = [0.1, -0.02, 0.3, double.NaN];
    private static readonly double[] Covered = [0.94, 0.81, 0.96, 0.5];
    private static readonly double[] Rejected = [0.05, 0.12, 0.9, 0.8];

    /// <summary>Two scenarios, the first without an effect, and two methods.</summary>
    private static readonly PerformanceTable Table = new()
    {
        Name = "tiny",
        Level = 0.95,
        Factors = ["effect", "clusters"],
        Cells = [.. Enumerable.Range(0, 4).Select(Cell)],
    };

    internal static IEnumerable<Picture> Pictures =>
    [
        BiasPictures.Lollipop(Table), CoveragePictures.TypeIError(Table), NestedLoopPictures.Coverage(Table),
        NestedLoopPictures.Bias(Table),
    ];

    [Fact]
    public void Sticks_go_from_zero_to_the_bias_and_intervals_by_its_error()
    {
        var picture = BiasPictures.Lollipop(Table);
        var ranges = picture.Marks<PictureMark.Range>();
        Near(Bias.Select(bias => Math.Max(0, bias)), Even(ranges).Select(range => range.Upper));
        Near(Bias.Select(bias => Math.Min(0, bias)), Even(ranges).Select(range => range.Lower));
        Near(Bias.Select(bias => bias - (Z * 0.04)), Odd(ranges).Select(range => range.Lower));
        Near(Bias.Select(bias => bias + (Z * 0.04)), Odd(ranges).Select(range => range.Upper));
        var dots = picture.Marks<PictureMark.Dots>();
        Assert.Equal(["first", "second"], dots.Select(one => one.Legend));
        Near([0.1, 0.3], dots[0].Points.Select(point => point.Across));
        Near([1, 3], dots[1].Points.Select(point => point.Up));
        Assert.Contains("of 2 leave out 0", picture.Description, StringComparison.Ordinal);
        Assert.Equal([false, false, true, false], picture.Rows.Select(row => row.HasRule));
        Near([0, -0.02, 0.04], picture.Row(1)[3..]);
    }

    [Fact]
    public void Rejections_are_of_scenarios_without_an_effect_and_the_band_is_of_chance()
    {
        Assert.True(CoveragePictures.HasNulls(Table));
        var picture = CoveragePictures.TypeIError(Table);
        Near([0.05, 0.12], picture.Marks<PictureMark.Dots>().SelectMany(dots => dots.Points).Select(point => point.Across));
        var half = Z * Math.Sqrt(0.05 * 0.95 / 400);
        var band = Assert.Single(picture.Marks<PictureMark.Band>());
        Near([0.05 - half, 0.05 - half], band.Lower.Select(point => point.Across));
        Near([0.05 + half, 0.05 + half], band.Upper.Select(point => point.Across));
        Assert.StartsWith("1 of 2 combinations", picture.Description, StringComparison.Ordinal);
        Assert.All(picture.Marks<PictureMark.Range>(), range => Assert.True(range.Lower >= 0));
        Assert.Equal(["5.0\u00A0% (1.0\u00A0%)", "12.0\u00A0% (1.0\u00A0%)"], picture.Rows.Select(row => row.Text));
        Assert.False(CoveragePictures.HasNulls(Table with { Cells = [.. Table.Cells.Skip(2)] }));
    }

    [Fact]
    public void A_zip_is_of_the_worst_coverage_with_the_farthest_on_top()
    {
        PerformanceCell? asked = null;
        var picture = CoveragePictures.Zip(Table, cell =>
        {
            asked = cell;
            return [new(2, 1, 3, 1, 1.4), new(1, 0, 2, 1, 0.2), new(5, 4, 6, 1, 4), new(-4, -5, -3, 1, 6)];
        });
        Assert.Equal((1, 1), (asked!.Scenario, asked.MethodIndex));
        var ranges = picture.Marks<PictureMark.Range>();
        Near([25, 50, 75, 100], ranges.Select(range => range.At));
        Near([0, 1, 4, -5], ranges.Select(range => range.Lower));
        Assert.Equal(
            ["covers the truth", "covers the truth", "misses it", "misses it"], ranges.Select(range => range.Legend));
        Near([1, 95], picture.Marks<PictureMark.Rule>().Select(rule => rule.Value));
        Assert.StartsWith("50.0\u00A0% of 4 intervals cover the truth of 1.00 ", picture.Description, StringComparison.Ordinal);
        Near([75, 5, 4, 6], picture.Row(2)[..4]);
    }

    [Fact]
    public void Truths_that_vary_are_taken_off()
    {
        var cell = Table.Cells[3];
        var varying = Table with { Cells = [cell with { Performance = cell.Performance with { TruthVaries = true } }] };
        var picture = CoveragePictures.Zip(varying, _ => [new(2, 1, 3, 1.5, 0.5), new(9, 8, 10, 4, 5)]);
        Near([-0.5, 4], picture.Marks<PictureMark.Range>().Select(range => range.Lower));
        Near([0, 95], picture.Marks<PictureMark.Rule>().Select(rule => rule.Value));
        Assert.Contains("\u2212 truth", picture.Across.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_loops_step_at_each_scenario_and_show_the_levels_below()
    {
        var picture = NestedLoopPictures.Coverage(Table);
        var lines = picture.Marks<PictureMark.Line>();
        Near([0.94, 0.94, 0.96, 0.96], lines.Single(line => line.Legend == "first").Points.Select(point => point.Up));
        Near([0, 1, 1, 2], lines.Single(line => line.Legend == "second").Points.Select(point => point.Across));
        Assert.Equal(["effect: 0, 1", "clusters: 20"], picture.Marks<PictureMark.Label>().Select(label => label.Text));
        var least = Covered.Min();
        Assert.All(
            lines.Where(line => line.Legend.Length == 0).SelectMany(line => line.Points), point => Assert.True(point.Up < least));
        Assert.All(picture.Up.Ticks, tick => Assert.InRange(tick.Value, least - 1e-9, 1));
        Assert.Equal(["1", "2"], picture.Across.Ticks.Select(tick => tick.Label));
        var half = Z * Math.Sqrt(0.05 * 0.95 / 400);
        Near([0.95 - half, 0.95 - half], picture.Marks<PictureMark.Band>()[0].Lower.Select(point => point.Up));
    }

    [Fact]
    public void Many_scenarios_are_not_numbered_one_by_one()
    {
        var many = Table with { Cells = [.. Enumerable.Range(0, 50).Select(place => Table.Cells[0] with { Scenario = place })] };
        var ticks = NestedLoopPictures.Bias(many).Across.Ticks;
        Near(Enumerable.Range(1, 16).Select(k => (3 * k) - 0.5), ticks.Select(tick => tick.Value));
        Assert.Equal("48", ticks[^1].Label);
    }

    private static PictureMark.Range[] Even(PictureMark.Range[] ranges) => [.. ranges.Where((_, place) => place % 2 == 0)];

    private static PictureMark.Range[] Odd(PictureMark.Range[] ranges) => [.. ranges.Where((_, place) => place % 2 == 1)];

    private static PerformanceCell Cell(int place)
    {
        var (scenario, method) = (place / 2, place % 2);
        return new PerformanceCell
        {
            Scenario = scenario,
            Levels = [$"{scenario}", "20"],
            Label = $"effect {scenario}",
            MethodIndex = method,
            Method = method == 0 ? "first" : "second",
            Performance = new EstimatePerformance
            {
                Truth = scenario,
                Attempted = 400,
                Converged = 400,
                Warned = 0,
                Failed = 0,
                Mean = new(scenario + Bias[place], 0.04),
                Bias = new(Bias[place], 0.04),
                RelativeBias = PerformanceMeasure.Unknown,
                EmpiricalError = new(0.8, 0.03),
                MeanSquaredError = new(0.7, 0.02),
                ModelError = new(0.8, 0.01),
                RelativeError = PerformanceMeasure.Unknown,
                Coverage = new(Covered[place], 0.01),
                BiasEliminatedCoverage = PerformanceMeasure.Unknown,
                Rejection = new(Rejected[place], 0.01),
                RelativePrecision = PerformanceMeasure.Unknown,
            },
        };
    }
}
