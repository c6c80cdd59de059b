using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of a study's bias and of how estimates shrink towards no effect.</summary>
public static class BiasPictures
{
    /// <summary>Bias of every method in every scenario, as sticks from zero with Monte Carlo intervals.</summary>
    /// <param name="result">The study's result.</param>
    public static Picture Lollipop(StudyResult result) => Lollipop(Required(result).ToTableOfOneScale());

    /// <summary>Bias of every method in every scenario, as sticks from zero with Monte Carlo intervals.</summary>
    /// <param name="table">The measures.</param>
    public static Picture Lollipop(PerformanceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var points = StudyPoint.Of(table);
        var marks = new List<PictureMark> { new PictureMark.Rule(0) { Tone = PictureTone.Muted } };
        var rows = new List<PictureRow>();
        var outside = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var bias = point.Performance.Bias;
            var (lower, upper) = bias.Interval();
            outside += lower > 0 || upper < 0 ? 1 : 0;
            var isFirst = i == 0 || points[i - 1].Scenario != point.Scenario;
            rows.Add(new PictureRow(
                point.RowLabel(isFirst),
                StudyPoint.Text(bias))
            {
                HasRule = isFirst && i > 0,
            });
            marks.Add(new PictureMark.Range(i, Math.Min(0, bias.Value), Math.Max(0, bias.Value)) { Tone = PictureTone.Muted, Width = 1 });
            marks.Add(new PictureMark.Range(i, lower, upper) { Tone = point.Tone, Width = 2.5 });
        }

        marks.AddRange(points.GroupBy(point => point.Method).Select(group => new PictureMark.Dots(
            [.. points.Select((point, i) => (point, i)).Where(pair => pair.point.Method == group.Key)
                .Select(pair => new PicturePoint(pair.point.Performance.Bias.Value, pair.i))])
        {
            Tone = group.First().Tone,
            Shape = group.First().Shape,
            Radius = 5,
            Legend = group.First().Name,
        }));
        return new Picture
        {
            Kind = "lollipop",
            Title = $"Bias in {table.Name}",
            Caption = "Points: bias of the log odds ratio or coefficient; thick lines: 95 % Monte Carlo intervals; thin lines: from 0.",
            Description = $"Bias of {Figures.Count(points.Count)} combinations of scenario and method; the Monte Carlo intervals of "
                + $"{Figures.Count(outside)} leave out 0.",
            Numbers = Numbers(points, "bias", performance => performance.Bias),
            Across = new PictureAxis("Bias"),
            Up = new PictureAxis(string.Empty),
            Rows = rows,
            RowHeading = "Scenario \u00B7 method",
            TextHeading = "Bias (MC error)",
            Marks = marks,
        };
    }

    /// <summary>Mean estimates over conditional effects against the spread of the clusters, beside what they should be.</summary>
    /// <param name="result">The study's result; effects of 0 do not count.</param>
    public static Picture Attenuation(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var points = StudyPoint.Of(result.ToTableOfOneScale()).Where(point => Effect(point) != 0).ToArray();
        var marks = new List<PictureMark>();
        foreach (var group in points.GroupBy(point => (point.Cell.Estimand, Rest(point))))
        {
            var truths = group.DistinctBy(Spread).OrderBy(Spread).ToArray();
            marks.Add(new PictureMark.Line(
                [.. truths.Select(point => new PicturePoint(Spread(point), point.Performance.Truth / Effect(point)))])
            {
                Tone = group.Key.Estimand == "conditional" ? PictureTone.Conditional : PictureTone.Marginal,
                Width = 2,
                Legend = $"truth, {group.Key.Estimand}",
            });
        }

        double Effect(StudyPoint point) => result.Scenarios[point.Scenario].Scenario.Mechanism?.Effects.Effect ?? 0;
        double Spread(StudyPoint point) => result.Scenarios[point.Scenario].Scenario.Mechanism?.RandomEffect.StandardDeviation ?? 0;
        PerformanceMeasure Relative(StudyPoint point) => point.Performance.Mean.Over(Effect(point));

        // What else varies beside the spread: each combination has a line of truths of its own.
        string Rest(StudyPoint point) => string.Join(
            ',', result.Study.Scenarios[0].Factors.Zip(point.Cell.Levels).Where(pair => pair.First != "sigma").Select(pair => pair.Second));

        // Methods stand a little apart, so that they do not hide each other.
        var step = 0.012 * Math.Max(points.Max(Spread) - points.Min(Spread), 1e-6);
        double Place(StudyPoint point) => Spread(point) + (step * (point.Method - (0.5 * points.Max(one => one.Method))));
        foreach (var point in points)
        {
            var (lower, upper) = Relative(point).Interval();
            marks.Add(new PictureMark.Range(Place(point), lower, upper)
            {
                IsVertical = true,
                Tone = point.Tone,
                Width = 2,
            });
        }

        marks.AddRange(points.GroupBy(point => point.Method).Select(group => new PictureMark.Dots(
            [.. group.Select(point => new PicturePoint(Place(point), Relative(point).Value))])
        {
            Tone = group.First().Tone,
            Shape = group.First().Shape,
            Radius = 5,
            Opacity = 0.85,
            Legend = group.First().Name,
        }));
        return new Picture
        {
            Kind = "attenuation",
            Title = $"How far estimates lie towards no effect in {result.Study.Name}",
            Caption = "Lines: truths over conditional effects; points: mean estimates likewise, with 95 % Monte Carlo intervals, "
                + "one for each scenario with an effect.",
            Description = "Conditional methods stay at 1 where they are unbiased; marginal ones fall as clusters differ more.",
            Numbers = Numbers(points, "mean", performance => performance.Mean),
            Across = new PictureAxis("\u03C3 between clusters"),
            Up = new PictureAxis("Mean estimate / conditional effect"),
            Marks = marks,
        };
    }

    /// <summary>Whether a study has scenarios with an effect.</summary>
    public static bool HasEffects(StudyResult result) =>
        Required(result).Scenarios.Any(scenario => scenario.Scenario.Mechanism is { Effects.Effect: not 0 });

    private static StudyResult Required(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result;
    }

    /// <summary>A measure with its error, a row a method and scenario.</summary>
    internal static NumberTable Numbers(
        IReadOnlyList<StudyPoint> points, string name, Func<EstimatePerformance, PerformanceMeasure> of) => new(
            ["scenario", "method", "target", "truth", name, "Monte Carlo error"],
            [.. points.Select(point => new TableCell[]
            {
                point.Label, point.Name, point.Cell.Estimand, point.Performance.Truth, of(point.Performance).Value,
                of(point.Performance).MonteCarloError,
            })]);
}
