using MarginalConditional.Compare.Simulation.Estimators;
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
        var level = result.Study.Level;
        var point = StudyPoint.Of(result).MaxBy(one => Math.Abs(one.Performance.Coverage.Value - level))!;
        var truth = point.Performance.Truth;
        EffectEstimate[] ordered = [.. point.Scenario.Estimates(point.Method).ToArray()
            .Where(estimate => estimate.IsUsable)
            .OrderBy(estimate => estimate.DistanceFrom(truth))];
        var step = Math.Max(1, ordered.Length / MostIntervals);
        var marks = new List<PictureMark>();
        var rows = new List<IReadOnlyList<TableCell>>();
        for (var k = step - 1; k < ordered.Length; k += step)
        {
            var estimate = ordered[k];
            var (lower, upper) = estimate.Interval(level);
            var covers = lower <= truth && truth <= upper;
            var centile = 100.0 * (k + 1) / ordered.Length;
            marks.Add(new PictureMark.Range(centile, lower, upper)
            {
                Tone = covers ? PictureTone.Marginal : PictureTone.Conditional,
                Stroke = PictureStroke.Solid,
                Width = 1.5,
                Legend = covers ? "covers the truth" : "misses it",
            });
            rows.Add([centile, estimate.Value, lower, upper, covers ? "yes" : "no"]);
        }

        var coverage = point.Performance.Coverage;
        return new Picture
        {
            Kind = "zip",
            Title = $"Intervals of {point.Performance.Method} in {point.Label}",
            Caption = $"Lines: {Figures.Level(level)} intervals of replicates, those whose estimates lie farthest from the truth on top"
                + $"{(step > 1 ? $"; each stands for {Figures.Count(step)}" : string.Empty)}. Misses should begin at the dashed line. "
                + "Of all methods and scenarios this one's coverage is farthest from its level.",
            Description = $"{Figures.Percent(coverage.Value)} of {Figures.Count(ordered.Length)} intervals cover the truth of "
                + $"{Figures.Significant(truth)} (Monte Carlo error {Figures.Percent(coverage.MonteCarloError)}).",
            Numbers = new NumberTable(["centile", "estimate", "lower", "upper", "covers"], rows),
            Across = new PictureAxis("Estimate"),
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
        var points = StudyPoint.Of(result).Where(IsNull).ToArray();
        var nominal = 1 - result.Study.Level;
        var replicates = points.Max(point => point.Performance.Converged);
        var (least, most) = PerformanceMeasure.Expected(nominal, replicates).Interval();
        var outside = points.Count(point => point.Performance.Rejection.Value < least || point.Performance.Rejection.Value > most);
        var marks = new List<PictureMark>
        {
            new PictureMark.Band(
                [new PicturePoint(least, -0.6), new PicturePoint(least, points.Length - 0.4)],
                [new PicturePoint(most, -0.6), new PicturePoint(most, points.Length - 0.4)])
            {
                Tone = PictureTone.Muted,
                Opacity = 0.2,
                Legend = "Monte Carlo band",
            },
            new PictureMark.Rule(nominal) { Tone = PictureTone.Muted, Legend = Figures.Level(nominal) },
        };
        for (var i = 0; i < points.Length; i++)
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
            Legend = group.First().Performance.Method,
        }));
        return new Picture
        {
            Kind = "type-i-error",
            Title = $"Rejections without an effect in {result.Study.Name}",
            Caption = $"Points: share of replicates that reject no effect at {Figures.Level(nominal)}, with 95 % Monte Carlo intervals; "
                + $"band: where {Figures.Counted(replicates, "replicate")} would leave a test that keeps its level.",
            Description = $"{Figures.Count(outside)} of {Figures.Count(points.Length)} combinations of scenario and method lie outside the "
                + "Monte Carlo band.",
            Numbers = new NumberTable(
                ["scenario", "method", "rejection", "Monte Carlo error"],
                [.. points.Select(point => new TableCell[]
                {
                    point.Label, point.Performance.Method, point.Performance.Rejection.Value, point.Performance.Rejection.MonteCarloError,
                })]),
            Across = new PictureAxis("Rejections", PictureScale.Percent) { Minimum = 0 },
            Up = new PictureAxis(string.Empty),
            Rows =
            [
                .. points.Select((point, i) => new PictureRow(
                    i == 0 || points[i - 1].Scenario != point.Scenario
                        ? $"{point.Label} \u00B7 {point.Performance.Method}"
                        : $"\u2003{point.Performance.Method}",
                    $"{Figures.Percent(point.Performance.Rejection.Value)} "
                        + $"({Figures.Percent(point.Performance.Rejection.MonteCarloError)})")),
            ],
            RowHeading = "Scenario \u00B7 method",
            TextHeading = "Rejections (MC error)",
            Marks = marks,
        };
    }

    /// <summary>Whether a study has scenarios without an effect.</summary>
    public static bool HasNulls(StudyResult result) => StudyPoint.Of(result).Any(IsNull);

    private static bool IsNull(StudyPoint point) => point.Performance.Truth == 0;
}
