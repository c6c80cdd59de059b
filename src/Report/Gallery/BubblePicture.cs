using MarginalConditional.Meta.Regression;
using MarginalConditional.Mixed;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Effects of studies against a moderator, with the regression line, or with the mean of each level.</summary>
public static class BubblePicture
{
    private const int Points = 61;

    /// <summary>
    /// Whether there is a mean at each value or level of a moderator: columns that the studies cannot tell from others may leave none.
    /// </summary>
    /// <param name="fit">The regression.</param>
    /// <param name="moderator">One of the moderators.</param>
    public static bool IsPossible(MetaRegressionFit fit, string moderator)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Data.Factors.FirstOrDefault(one => one.Name == moderator) is { Levels: { } levels }
            ? ModeratedPrediction.Among(fit, moderator).Count == levels.Distinct(StringComparer.Ordinal).Count()
            : Along(fit, moderator).Line.Count > 0;
    }

    /// <summary>Makes the picture.</summary>
    /// <param name="fit">The regression.</param>
    /// <param name="moderator">One of the moderators that are numbers.</param>
    /// <param name="ratios">Whether effects are logarithms to be shown as ratios.</param>
    /// <exception cref="ArgumentException">The picture is not possible (<see cref="IsPossible"/>).</exception>
    public static Picture Of(MetaRegressionFit fit, string moderator, bool ratios)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var studies = fit.Studies;
        var (name, scale) = Effect(fit, ratios);
        var values = fit.Data.Numbers.First(one => one.Name == moderator).Values;
        var (from, to, line) = Along(fit, moderator);
        Require(line.Count > 0, moderator);
        PicturePoint[] dots = [.. values.Select((value, i) => new PicturePoint(value, studies.Estimates[i]))];
        var test = fit.Coefficients.FirstOrDefault(row => row.Term == moderator);
        var level = Figures.Level(fit.Options.Level);
        return new Picture
        {
            Kind = "bubble",
            Title = $"{name} against {moderator}, {Figures.Count(studies.Count)} studies",
            Caption = "Circles: studies, their area by weight; line: mean effect, band: its " + level + " interval"
                + (fit.IsRandom ? ", dashed: where a new study's effect is expected." : ".")
                + Others(fit, moderator, "The line is"),
            Description = $"Bubble plot of {Figures.Count(studies.Count)} studies against {moderator}: the mean effect goes from "
                + $"{scale.Text(line[0].Mean.Estimate)} to {scale.Text(line[^1].Mean.Estimate)}"
                + (test is null ? "." : $", p {Figures.ProbabilityRelation(test.PValue)} for no slope."),
            Numbers = new NumberTable(
                ["study", moderator, scale.Name.ToLowerInvariant(), "se", "mean by the line"],
                [
                    .. Enumerable.Range(0, studies.Count).Select(i => new TableCell[]
                    {
                        studies.Labels[i], values[i], scale.Shown(studies.Estimates[i]), studies.StandardError(i),
                        scale.Shown(fit.Fitted[i]),
                    }),
                ]),
            Across = new PictureAxis(moderator) { Minimum = from, Maximum = to },
            Up = scale.Axis,
            Marks =
            [
                new PictureMark.Band(Curve(row => row.ConfidenceInterval.Lower), Curve(row => row.ConfidenceInterval.Upper))
                {
                    Tone = PictureTone.First,
                    Opacity = 0.14,
                },
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted },
                .. fit.IsRandom
                    ? new PictureMark[]
                    {
                        Edge(row => row.PredictionInterval.Lower), Edge(row => row.PredictionInterval.Upper),
                    }
                    : [],
                new PictureMark.Line(Curve(row => row.Estimate)) { Tone = PictureTone.First },
                Circles(fit, dots),
            ],
        };

        PicturePoint[] Curve(Func<StudyPrediction, double> part) =>
            [.. line.Select(point => new PicturePoint(point.Value, part(point.Mean)))];

        PictureMark.Line Edge(Func<StudyPrediction, double> part) =>
            new(Curve(part)) { Tone = PictureTone.First, Stroke = PictureStroke.Dashed, Width = 1.25 };
    }

    /// <summary>Makes the picture of a moderator of categories: studies beside each other at their level.</summary>
    /// <param name="fit">The regression.</param>
    /// <param name="moderator">One of the moderators that are categories.</param>
    /// <param name="ratios">Whether effects are logarithms to be shown as ratios.</param>
    /// <exception cref="ArgumentException">The picture is not possible (<see cref="IsPossible"/>).</exception>
    public static Picture OfLevels(MetaRegressionFit fit, string moderator, bool ratios)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var studies = fit.Studies;
        var (name, scale) = Effect(fit, ratios);
        var means = ModeratedPrediction.Among(fit, moderator);
        var levels = fit.Data.Factors.First(one => one.Name == moderator).Levels;
        Require(means.Count == levels.Distinct(StringComparer.Ordinal).Count(), moderator);
        var points = new PicturePoint[studies.Count];
        for (var place = 0; place < means.Count; place++)
        {
            // Studies of a level stand side by side in the order of the data, left of its mean.
            int[] own = [.. Enumerable.Range(0, studies.Count).Where(i => levels[i] == means[place].Level)];
            for (var rank = 0; rank < own.Length; rank++)
            {
                points[own[rank]] = new PicturePoint(place - 0.32 + (0.5 * (rank + 0.5) / own.Length), studies.Estimates[own[rank]]);
            }
        }

        return new Picture
        {
            Kind = "bubble",
            Title = $"{name} by {moderator}, {Figures.Count(studies.Count)} studies",
            Caption = "Circles: studies, their area by weight; diamonds: mean effects, with their " + Figures.Level(fit.Options.Level)
                + " intervals" + (fit.IsRandom ? ", dashed: where a new study's effect is expected." : ".")
                + Others(fit, moderator, "Means are"),
            Description = $"Bubble plot of {Figures.Count(studies.Count)} studies by {moderator}: the mean effect is "
                + string.Join(", ", means.Select(row => $"{scale.Text(row.Mean.Estimate)} ({row.Level})")) + ".",
            Numbers = new NumberTable(
                ["study", moderator, scale.Name.ToLowerInvariant(), "se", "mean by the model"],
                [
                    .. Enumerable.Range(0, studies.Count).Select(i => new TableCell[]
                    {
                        studies.Labels[i], levels[i], scale.Shown(studies.Estimates[i]), studies.StandardError(i),
                        scale.Shown(fit.Fitted[i]),
                    }),
                ]),
            Across = new PictureAxis(moderator)
            {
                Ticks = [.. means.Select((row, place) => ((double)place, row.Level))],
                Minimum = -0.5,
                Maximum = means.Count - 0.5,
            },
            Up = scale.Axis,
            Marks =
            [
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted },
                Circles(fit, points),
                .. means.SelectMany((row, place) => Mean(row, place + 0.32, scale, fit.IsRandom)),
            ],
        };
    }

    /// <summary>The mean of a level, with its interval and, of random effects, that of a new study.</summary>
    private static IEnumerable<PictureMark> Mean((string Level, StudyPrediction Mean) row, double at, EffectScale scale, bool isRandom)
    {
        if (isRandom)
        {
            yield return Range(row.Mean.PredictionInterval, PictureStroke.Dashed, 1.25);
        }

        yield return Range(row.Mean.ConfidenceInterval, PictureStroke.Solid, 2.5);
        yield return new PictureMark.Dots([new PicturePoint(at, row.Mean.Estimate)])
        {
            Tone = PictureTone.First,
            Shape = PictureShape.Diamond,
            Radius = 6,
            Names = [$"{row.Level}: mean {scale.Text(row.Mean.Estimate)}"],
        };

        PictureMark.Range Range(Interval interval, PictureStroke stroke, double width) =>
            new(at, interval.Lower, interval.Upper) { IsVertical = true, Tone = PictureTone.First, Stroke = stroke, Width = width };
    }

    private static void Require(bool isPossible, string moderator)
    {
        if (!isPossible)
        {
            throw new ArgumentException($"Not every mean along {moderator} can be estimated.", nameof(moderator));
        }
    }

    /// <summary>The means from a little below the studies' values to a little above.</summary>
    private static (double From, double To, IReadOnlyList<(double Value, StudyPrediction Mean)> Line) Along(
        MetaRegressionFit fit, string moderator)
    {
        var values = fit.Data.Numbers.First(one => one.Name == moderator).Values;
        var margin = 0.04 * (values.Max() - values.Min());
        var (from, to) = (values.Min() - margin, values.Max() + margin);
        return (from, to, ModeratedPrediction.Along(fit, moderator, from, to, Points));
    }

    private static PictureMark.Dots Circles(MetaRegressionFit fit, PicturePoint[] points)
    {
        double[] weights = [.. Enumerable.Range(0, fit.Studies.Count).Select(fit.WeightOf)];
        return new PictureMark.Dots(points)
        {
            Radius = 14,
            Areas = [.. weights.Select(weight => weight / weights.Max())],
            Names = fit.Studies.Labels,
            Opacity = 0.55,
        };
    }

    private static (string Name, EffectScale Scale) Effect(MetaRegressionFit fit, bool ratios)
    {
        var name = EffectScale.NameOf(fit.Studies.Measure);
        return (name, ratios
            ? new EffectScale(name, true)
            : EffectScale.Difference(name, fit.Coefficients.Select(row => row.StandardError)));
    }

    /// <summary>Where the other moderators are held.</summary>
    private static string Others(MetaRegressionFit fit, string moderator, string subject)
    {
        var recipe = fit.Data.Frame.Recipe!;
        string[] held =
        [
            .. recipe.GridVariables.Where(name => name != moderator).Select(name => recipe.AxisOf(name)).Select(axis => axis.IsFactor
                ? $"{axis.Variable} {axis.Labels[0]}"
                : $"{axis.Variable} {Figures.Significant(axis.Numbers[0])} (its mean)"),
        ];
        return held.Length == 0 ? string.Empty : $" {subject} for {string.Join(", ", held)}; circles are the effects as they are.";
    }
}
