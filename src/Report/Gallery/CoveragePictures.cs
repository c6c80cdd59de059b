using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of a study's intervals and tests.</summary>
public static class CoveragePictures
{
    private const int MostIntervals = 150;

    /// <summary>
    /// The intervals of one method in one scenario, ordered by how far the estimates lie from the truth (Morris, White and Crowther 2019):
    /// of the method and scenario whose coverage is farthest from the level.
    /// </summary>
    /// <param name="result">The study's result.</param>
    public static Picture Zip(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Zip(result.ToTableOfOneScale(), result.Intervals);
    }

    /// <summary>
    /// The intervals of one method in one scenario, ordered by how far the estimates lie from the truth (Morris, White and Crowther 2019):
    /// of the method and scenario whose coverage is farthest from the level.
    /// </summary>
    /// <param name="table">The measures.</param>
    /// <param name="intervals">The intervals behind one of them.</param>
    public static Picture Zip(PerformanceTable table, Func<PerformanceCell, IReadOnlyList<IntervalEstimate>> intervals)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(intervals);
        var level = table.Level;
        var point = StudyPoint.Of(table)
            .Where(one => double.IsFinite(one.Performance.Coverage.Value))
            .MaxBy(one => Math.Abs(one.Performance.Coverage.Value - level))!;
        IntervalEstimate[] ordered = [.. intervals(point.Cell).OrderBy(interval => interval.Distance)];
        var shift = point.Performance.TruthVaries;
        var truth = shift ? 0 : point.Performance.Truth;
        var step = Math.Max(1, ordered.Length / MostIntervals);
        var marks = new List<PictureMark>();
        var rows = new List<IReadOnlyList<TableCell>>();
        for (var k = step - 1; k < ordered.Length; k += step)
        {
            var moved = shift ? ordered[k].Truth : 0;
            var (lower, upper, covers) = (ordered[k].Lower - moved, ordered[k].Upper - moved, ordered[k].Covers);
            var centile = 100.0 * (k + 1) / ordered.Length;
            marks.Add(new PictureMark.Range(centile, lower, upper)
            {
                Tone = covers ? PictureTone.Marginal : PictureTone.Conditional,
                Stroke = PictureStroke.Solid,
                Width = 1.5,
                Legend = covers ? "covers the truth" : "misses it",
            });
            rows.Add([centile, ordered[k].Value - moved, lower, upper, covers ? "yes" : "no"]);
        }

        var coverage = point.Performance.Coverage;
        return new Picture
        {
            Kind = "zip",
            Title = point.Cell.Label.Length == 0
                ? $"Intervals of {point.Name} in {table.Name}"
                : $"Intervals of {point.Name} in {point.Label}",
            Caption = $"Lines: {Figures.Level(level)} intervals of replicates, those whose estimates lie farthest from the truth on top"
                + $"{(step > 1 ? $"; each stands for {Figures.Count(step)}" : string.Empty)}. Misses should begin at the dashed line. "
                + "Of all methods and scenarios this one's coverage is farthest from its level.",
            Description = $"{Figures.Percent(coverage.Value)} of {Figures.Count(ordered.Length)} intervals cover the truth"
                + $"{(shift ? string.Empty : $" of {Figures.Significant(truth)}")} (Monte Carlo error "
                + $"{Figures.Percent(coverage.MonteCarloError)}).",
            Numbers = new NumberTable(["centile", "estimate", "lower", "upper", "covers"], rows),
            Across = new PictureAxis(shift ? "Estimate \u2212 truth" : "Estimate"),
            Up = new PictureAxis("Centile of |estimate \u2212 truth| / standard error") { Minimum = 0, Maximum = 101 },
            Marks =
            [
                .. marks,
                new PictureMark.Rule(truth) { Stroke = PictureStroke.Solid, Legend = "truth" },
                new PictureMark.Rule(100 * level) { IsHorizontal = true, Legend = Figures.Level(level) },
            ],
        };
    }

    /// <summary>How often a test at the study's level rejects where there is no effect, with Monte Carlo bands.</summary>
    /// <param name="result">The study's result.</param>
    public static Picture TypeIError(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return TypeIError(result.ToTableOfOneScale());
    }

    /// <summary>How often a test at the table's level rejects where there is no effect, with Monte Carlo bands.</summary>
    /// <param name="table">The measures; scenarios with an effect do not count.</param>
    public static Picture TypeIError(PerformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var points = StudyPoint.OfVarying(table, table.Cells.Where(cell => IsNull(table, cell)));
        var nominal = 1 - table.Level;
        var replicates = points.Max(point => point.Performance.Converged);
        var (least, most) = PerformanceMeasure.Expected(nominal, replicates).Interval();
        var outside = points.Count(point => point.Performance.Rejection.Value < least || point.Performance.Rejection.Value > most);
        var marks = new List<PictureMark>
        {
            new PictureMark.Band(
                [new PicturePoint(least, -0.6), new PicturePoint(least, points.Count - 0.4)],
                [new PicturePoint(most, -0.6), new PicturePoint(most, points.Count - 0.4)])
            {
                Tone = PictureTone.Muted,
                Opacity = 0.2,
                Legend = "Monte Carlo band",
            },
            new PictureMark.Rule(nominal) { Tone = PictureTone.Muted, Legend = Figures.Level(nominal) },
        };
        for (var i = 0; i < points.Count; i++)
        {
            var (lower, upper) = points[i].Performance.Rejection.Interval();
            marks.Add(new PictureMark.Range(i, Math.Max(0, lower), upper) { Tone = points[i].Tone, Width = 2 });
        }

        marks.AddRange(points.GroupBy(point => point.Method).Select(group => new PictureMark.Dots(
            [.. points.Select((point, i) => (point, i)).Where(pair => pair.point.Method == group.Key)
                .Select(pair => new PicturePoint(pair.point.Performance.Rejection.Value, pair.i))])
        {
            Tone = group.First().Tone,
            Shape = group.First().Shape,
            Radius = 5,
            Legend = group.First().Name,
        }));
        return new Picture
        {
            Kind = "type-i-error",
            Title = $"Rejections without an effect in {table.Name}",
            Caption = $"Points: share of replicates that reject no effect at {Figures.Level(nominal)}, with 95 % Monte Carlo intervals; "
                + $"band: where {Figures.Counted(replicates, "replicate")} would leave a test that keeps its level.",
            Description = $"{Figures.Count(outside)} of {Figures.Count(points.Count)} combinations of scenario and method lie outside the "
                + "Monte Carlo band.",
            Numbers = new NumberTable(
                ["scenario", "method", "rejection", "Monte Carlo error"],
                [.. points.Select(point => new TableCell[]
                {
                    point.Label, point.Name, point.Performance.Rejection.Value, point.Performance.Rejection.MonteCarloError,
                })]),
            Across = new PictureAxis("Rejections", PictureScale.Percent) { Minimum = 0 },
            Up = new PictureAxis(string.Empty),
            Rows =
            [
                .. points.Select((point, i) => new PictureRow(
                    point.RowLabel(i == 0 || points[i - 1].Scenario != point.Scenario),
                    $"{Figures.Percent(point.Performance.Rejection.Value)} "
                        + $"({Figures.Percent(point.Performance.Rejection.MonteCarloError)})")),
            ],
            RowHeading = "Scenario \u00B7 method",
            TextHeading = "Rejections (MC error)",
            Marks = marks,
        };
    }

    /// <summary>Whether a study has scenarios without an effect.</summary>
    public static bool HasNulls(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return HasNulls(result.ToTableOfOneScale());
    }

    /// <summary>Whether there are scenarios without an effect.</summary>
    public static bool HasNulls(PerformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Cells.Any(cell => IsNull(table, cell));
    }

    private static bool IsNull(PerformanceTable table, PerformanceCell cell) =>
        cell.Performance is { TruthVaries: false } performance && performance.Truth == table.Null
        && double.IsFinite(performance.Rejection.Value);
}
