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
    public static Picture Lollipop(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var points = StudyPoint.Of(result);
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
                isFirst ? $"{point.Label} \u00B7 {point.Performance.Method}" : $"\u2003{point.Performance.Method}",
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
            Legend = group.First().Performance.Method,
        }));
        return new Picture
        {
            Kind = "lollipop",
            Title = $"Bias in the study {result.Study.Name}",
            Caption = "Points: bias of the log odds ratio or coefficient; thick lines: 95 % Monte Carlo intervals.",
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

    /// <summary>Bias over all scenarios in nested order, with the factors' levels as steps below (Rücker and Schwarzer 2014).</summary>
    /// <param name="result">The study's result.</param>
    public static Picture NestedLoop(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var points = StudyPoint.Of(result);
        var scenarios = points.Select(point => point.Scenario).Distinct().ToArray();
        var values = points.Select(point => point.Performance.Bias.Value).Append(0).Where(double.IsFinite).ToArray();
        var (lower, upper) = (values.Min(), values.Max());
        var room = Math.Max(upper - lower, 1e-6);
        var factors = scenarios[0].Scenario.Factors;
        var marks = new List<PictureMark> { new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted } };
        for (var f = 0; f < factors.Count; f++)
        {
            var bottom = lower - (room * (0.3 + (0.22 * f)));
            var levels = scenarios.Select(scenario => scenario.Scenario.Setting(factors[f])).Distinct(StringComparer.Ordinal).ToArray();
            marks.Add(new PictureMark.Line(Steps(scenarios, scenario =>
                bottom + (0.1 * room * Array.IndexOf(levels, scenario.Scenario.Setting(factors[f])) / Math.Max(1, levels.Length - 1))))
            {
                Tone = PictureTone.Muted,
                Width = 1.5,
            });
            marks.Add(new PictureMark.Label(
                new PicturePoint(0, bottom + (0.15 * room)), $"{factors[f]}: {string.Join(", ", levels)}"));
        }

        marks.AddRange(points.GroupBy(point => point.Method).Select(group =>
        {
            var byScenario = group.ToDictionary(point => point.Scenario);
            return new PictureMark.Line(Steps(scenarios, scenario =>
                byScenario.TryGetValue(scenario, out var point) ? point.Performance.Bias.Value : double.NaN))
            {
                Tone = group.First().Tone,
                Stroke = group.First().Stroke,
                Legend = group.First().Performance.Method,
            };
        }));
        return new Picture
        {
            Kind = "nested-loop",
            Title = $"Bias over the {Figures.Counted(scenarios.Length, "scenario")} of {result.Study.Name}",
            Caption = "Steps: a scenario each, in nested order; grey steps below: the levels of the factors.",
            Description = $"Bias lies between {Figures.Significant(lower)} and {Figures.Significant(upper)} over "
                + $"{Figures.Counted(scenarios.Length, "scenario")} of {Figures.Counted(factors.Count, "factor")}.",
            Numbers = Numbers(points, "bias", performance => performance.Bias),
            Across = new PictureAxis("Scenario") { Minimum = 0, Maximum = scenarios.Length },
            Up = new PictureAxis("Bias")
            {
                Minimum = lower - (room * (0.1 + (0.22 * factors.Count))),
                Ticks = [],
            },
            Marks = marks,
        };
    }

    /// <summary>Mean estimates over conditional effects against the spread of the clusters, beside what they should be.</summary>
    /// <param name="result">The study's result; effects of 0 do not count.</param>
    public static Picture Attenuation(StudyResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var points = StudyPoint.Of(result).Where(HasEffect).ToArray();
        var marks = new List<PictureMark>();
        foreach (var group in points.GroupBy(point => (point.Performance.Target.Name, Rest(point))))
        {
            var truths = group.DistinctBy(Spread).OrderBy(Spread).ToArray();
            marks.Add(new PictureMark.Line(
                [.. truths.Select(point => new PicturePoint(Spread(point), point.Performance.Truth / Effect(point)))])
            {
                Tone = group.Key.Name == "conditional" ? PictureTone.Conditional : PictureTone.Marginal,
                Width = 2,
                Legend = $"truth, {group.Key.Name}",
            });
        }

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
            Legend = group.First().Performance.Method,
        }));
        return new Picture
        {
            Kind = "attenuation",
            Title = $"How far estimates lie towards no effect in {result.Study.Name}",
            Caption = "Lines: truths over conditional effects; points: mean estimates likewise, with 95 % Monte Carlo intervals.",
            Description = "Conditional methods stay at 1 where they are unbiased; marginal ones fall as clusters differ more.",
            Numbers = Numbers(points, "mean", performance => performance.Mean),
            Across = new PictureAxis("\u03C3 between clusters"),
            Up = new PictureAxis("Mean estimate / conditional effect"),
            Marks = marks,
        };
    }

    /// <summary>Whether a study has scenarios with an effect.</summary>
    public static bool HasEffects(StudyResult result) => StudyPoint.Of(result).Any(HasEffect);

    private static bool HasEffect(StudyPoint point) => Effect(point) != 0;

    private static double Effect(StudyPoint point) => point.Scenario.Scenario.Mechanism?.Effects.Effect ?? 0;

    /// <summary>The mean estimate over the conditional effect.</summary>
    private static PerformanceMeasure Relative(StudyPoint point) => point.Performance.Mean.Over(Effect(point));

    private static double Spread(StudyPoint point) => point.Scenario.Scenario.Mechanism?.RandomEffect.StandardDeviation ?? 0;

    /// <summary>What else varies beside the spread: each combination has a line of truths of its own.</summary>
    private static string Rest(StudyPoint point) => string.Join(
        ',', point.Scenario.Scenario.Factors.Where(factor => factor != "sigma").Select(point.Scenario.Scenario.Setting));

    /// <summary>A level line over each scenario, joined by upright ones.</summary>
    private static PicturePoint[] Steps(ScenarioResult[] scenarios, Func<ScenarioResult, double> height) =>
        [.. scenarios.SelectMany((scenario, i) => new[]
        {
            new PicturePoint(i, height(scenario)), new PicturePoint(i + 1, height(scenario)),
        })];

    private static NumberTable Numbers(
        IReadOnlyList<StudyPoint> points, string name, Func<MethodPerformance, PerformanceMeasure> of) => new(
            ["scenario", "method", "target", "truth", name, "Monte Carlo error"],
            [.. points.Select(point => new TableCell[]
            {
                point.Label, point.Performance.Method, point.Performance.Target.Name, point.Performance.Truth, of(point.Performance).Value,
                of(point.Performance).MonteCarloError,
            })]);
}
