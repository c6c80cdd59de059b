using MarginalConditional.Meta;
using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Pictures of a meta-analysis.</summary>
public static class MetaPictures
{
    /// <summary>Studies with their intervals and weights, the combined effect, and where a new study's effect is expected.</summary>
    /// <param name="fit">The analysis.</param>
    /// <param name="ratios">Whether effects are logarithms to be shown as ratios.</param>
    public static Picture Forest(MetaAnalysisFit fit, bool ratios)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var scale = ScaleOf(fit, ratios);
        var marks = new List<PictureMark> { new PictureMark.Rule(0) { Tone = PictureTone.Muted } };
        var rows = new List<PictureRow>();
        var count = fit.Studies.Count;
        for (var i = 0; i < count; i++)
        {
            var (lower, upper) = (fit.Studies.Natural(fit.IntervalOf(i).Lower, i), fit.Studies.Natural(fit.IntervalOf(i).Upper, i));
            rows.Add(new PictureRow(
                fit.Studies.Labels[i], scale.Text(fit.Studies.Natural(fit.Studies.Estimates[i], i), lower, upper)));
            marks.Add(new PictureMark.Range(i, lower, upper));
        }

        marks.AddRange(StudyMarks(fit, scale));
        var mean = fit.IsRandom ? "Mean effect" : "Common effect";
        var mu = fit.Studies.Natural(fit.Estimate);
        var (from, to) = (fit.Studies.Natural(fit.ConfidenceInterval.Lower), fit.Studies.Natural(fit.ConfidenceInterval.Upper));
        rows.Add(new PictureRow(mean, scale.Text(mu, from, to)) { IsSummary = true, HasRule = true });
        marks.Add(new PictureMark.Lozenge(count, from, mu, to) { Tone = PictureTone.First, Legend = mean.ToLowerInvariant() });
        var core = fit.Studies.Estimates.ToArray().Select((y, i) => fit.Studies.Natural(y, i)).Concat([from, to]);
        var prediction = string.Empty;
        if (fit.IsRandom)
        {
            var (low, high) = (fit.Studies.Natural(fit.PredictionInterval.Lower), fit.Studies.Natural(fit.PredictionInterval.Upper));
            rows.Add(new PictureRow("Effect of a new study", scale.Text(low, high)) { IsSummary = true });
            marks.Add(new PictureMark.Range(count + 1, low, high)
            {
                Tone = PictureTone.First,
                Stroke = PictureStroke.Dashed,
                Width = 2.5,
                Legend = "prediction interval",
            });
            prediction = $" A new study's true effect is expected in {scale.Text(low, high)}.";
            core = core.Concat([low, high]);
        }

        var limits = Enumerable.Range(0, count).Select(i =>
            (fit.Studies.Natural(fit.IntervalOf(i).Lower, i), fit.Studies.Natural(fit.IntervalOf(i).Upper, i)));
        var (level, across) = (Figures.Level(fit.Options.Level), scale.Covering(core, limits));
        return new Picture
        {
            Kind = "forest",
            Title = $"{Plural(scale.Name)} of {Figures.Count(count)} studies",
            Caption = $"Squares: studies, as large as their weight, with {level} intervals.{ArrowNote.Of(across, marks)} "
                + (fit.IsRandom ? "Rings: effects shrunken towards the mean. " : string.Empty) + $"Method: {fit.MethodName}.",
            Description = $"Forest plot of {Figures.Count(count)} studies. {mean}: {scale.Text(mu, from, to)}, {level} interval."
                + prediction
                + (IsOfArms(fit) ? string.Empty : $" {Below(fit)} of {Figures.Count(count)} studies lie below {scale.NoEffect}."),
            Numbers = Numbers(fit, scale, (effect, study) => study is { } i ? fit.Studies.Natural(effect, i) : fit.Studies.Natural(effect)),
            Across = across,
            Up = new PictureAxis(string.Empty),
            Rows = rows,
            RowHeading = "Study",
            TextHeading = scale.Heading(fit.Options.Level),
            Marks = marks,
        };
    }

    /// <summary>Studies' effects against their standard errors, with the region where chance alone would leave them.</summary>
    /// <param name="fit">The analysis.</param>
    /// <param name="ratios">Whether effects are logarithms to be shown as ratios.</param>
    public static Picture Funnel(MetaAnalysisFit fit, bool ratios)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var scale = CombinedScale(fit, ratios);
        var funnel = fit.Funnel();
        double[] errors = [.. funnel.Errors];
        var most = 1.05 * errors.Max();
        var level = Figures.Level(fit.Options.Level);
        return new Picture
        {
            Kind = "funnel",
            Title = $"{Plural(scale.Name)} against their standard errors",
            Caption = $"Points: studies, the most precise on top; triangle: where {level} of studies would lie if all had the combined "
                + "effect (line) and chance alone moved them. Studies missing from one lower corner suggest that they were not published.",
            Description = $"Funnel plot of {Figures.Count(errors.Length)} studies around {scale.Text(fit.Estimate)}: "
                + $"{Figures.Count(funnel.Outside)} lie outside the {level} region of chance.",
            Numbers = Numbers(fit, scale, (effect, _) => effect),
            Across = scale.Axis,
            Up = new PictureAxis($"Standard error of the {(ratios ? "logarithm" : "effect")}")
            {
                Minimum = 0,
                Maximum = most,
                IsReversed = true,
            },
            Marks =
            [
                FunnelRegion.Of(funnel, most),
                new PictureMark.Rule(0) { Tone = PictureTone.Muted },
                new PictureMark.Rule(fit.Estimate) { Tone = PictureTone.First, Stroke = PictureStroke.Solid },
                new PictureMark.Dots([.. errors.Select((error, i) => new PicturePoint(fit.Studies.Estimates[i], error))])
                {
                    Names = fit.Studies.Labels,
                },
            ],
        };
    }

    /// <summary>Standardized effects against precision: a line through the origin whose slope is a study's effect.</summary>
    /// <param name="fit">The analysis.</param>
    /// <param name="ratios">Whether effects are logarithms to be shown as ratios.</param>
    public static Picture Radial(MetaAnalysisFit fit, bool ratios)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var scale = CombinedScale(fit, ratios);
        var plot = RadialPlot.Of(fit);
        PicturePoint[] points = [.. plot.Points.Select(point => new PicturePoint(point.Precision, point.Standardized))];
        var most = 1.08 * points.Max(point => point.Across);
        var (start, end) = (plot.BandAt(0), plot.BandAt(most));
        var level = Figures.Level(fit.Options.Level);
        return new Picture
        {
            Kind = "radial",
            Title = $"Radial plot of {Figures.Count(fit.Studies.Count)} studies",
            Caption = "Points: studies; the slope from the origin is a study's effect, the line's the combined one. "
                + $"{level} of studies should lie in the band"
                + $"{(plot.CountsSpread ? ", which counts the spread between them" : string.Empty)}.",
            Description = $"Radial plot: combined effect {scale.Text(fit.Estimate)}; {Figures.Count(plot.Outside)} of "
                + $"{Figures.Count(points.Length)} studies lie outside the {level} band.",
            Numbers = Numbers(fit, scale, (effect, _) => effect),
            Across = new PictureAxis("Precision, 1 / standard error" + (plot.CountsSpread ? " (with \u03C4\u00B2)" : string.Empty))
            {
                Minimum = 0,
                Maximum = most,
            },
            Up = new PictureAxis("Effect / standard error"),
            Marks =
            [
                new PictureMark.Band(
                    [new PicturePoint(0, start.Lower), new PicturePoint(most, end.Lower)],
                    [new PicturePoint(0, start.Upper), new PicturePoint(most, end.Upper)])
                {
                    Tone = PictureTone.Muted,
                    Opacity = 0.18,
                },
                new PictureMark.Rule(0) { IsHorizontal = true, Tone = PictureTone.Muted },
                new PictureMark.Line([new PicturePoint(0, 0), new PicturePoint(most, plot.LineAt(most))]) { Tone = PictureTone.First },
                new PictureMark.Dots(points) { Names = fit.Studies.Labels },
            ],
        };
    }

    /// <summary>Events of the treated against events of the controls.</summary>
    /// <param name="fit">The analysis; its studies are those of <paramref name="counts"/>.</param>
    /// <param name="counts">The studies' tables.</param>
    public static Picture Labbe(MetaAnalysisFit fit, StudyCounts counts)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(counts);
        var tables = counts.Tables;
        PicturePoint[] points = [.. tables.Select(table => new PicturePoint(table.ControlShare, table.TreatmentShare))];
        double[] sizes = [.. tables.Select(table => table.Total)];
        var most = Math.Min(1, 1.1 * Math.Max(points.Max(point => point.Across), points.Max(point => point.Up)));
        var above = points.Count(point => point.Up > point.Across);
        return new Picture
        {
            Kind = "labbe",
            Title = $"Events in both arms of {Figures.Count(tables.Count)} studies",
            Caption = "Circles: studies, their area by the number of patients; dashed: as many events in both arms.",
            Description = $"L'Abb\u00E9 plot of {Figures.Count(tables.Count)} studies: in {Figures.Count(above)} of them more treated than "
                + "control patients had an event.",
            Numbers = new NumberTable(
                ["study", "control events", "control total", "treated events", "treated total"],
                [.. tables.Select((table, i) => new TableCell[]
                {
                    counts.Labels[i], table.ControlEvents, table.ControlTotal, table.TreatmentEvents, table.TreatmentTotal,
                })]),
            Across = new PictureAxis("Events among controls", PictureScale.Percent) { Minimum = -0.03 * most, Maximum = most },
            Up = new PictureAxis("Events among the treated", PictureScale.Percent) { Minimum = -0.03 * most, Maximum = most },
            Marks =
            [
                new PictureMark.Line([new PicturePoint(0, 0), new PicturePoint(most, most)])
                {
                    Tone = PictureTone.Muted,
                    Stroke = PictureStroke.Dashed,
                    Width = 1.25,
                },
                new PictureMark.Dots(points)
                {
                    Tone = PictureTone.First,
                    Radius = 14,
                    Areas = [.. sizes.Select(size => size / sizes.Max())],
                    Names = counts.Labels,
                    Opacity = 0.55,
                },
            ],
        };
    }

    /// <summary>Effects as people know them: proportions and rates of single arms are taken back from what is combined.</summary>
    private static EffectScale ScaleOf(MetaAnalysisFit fit, bool ratios)
    {
        var (lower, upper) = fit.ConfidenceInterval;
        return IsOfArms(fit)
            ? EffectScale.Difference(Capital(fit.Studies.Measure.Name), [(fit.Studies.Natural(upper) - fit.Studies.Natural(lower)) / 4])
            : CombinedScale(fit, ratios);
    }

    /// <summary>Effects as they are combined.</summary>
    private static EffectScale CombinedScale(MetaAnalysisFit fit, bool ratios) => ratios
        ? new EffectScale(EffectScale.NameOf(fit.Studies.Measure), true)
        : EffectScale.Difference(EffectScale.NameOf(fit.Studies.Measure), [fit.StandardError]);

    private static bool IsOfArms(MetaAnalysisFit fit) => fit.Studies.Measure is StudyMeasure.ArmMeasure;

    private static IEnumerable<PictureMark> StudyMarks(MetaAnalysisFit fit, EffectScale scale)
    {
        var count = fit.Studies.Count;
        double[] weights = [.. fit.Shrunken.ToArray().Select(study => study.PoolingWeight ?? double.NaN)];
        var largest = weights.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        yield return new PictureMark.Dots([.. Enumerable.Range(0, count)
            .Select(i => new PicturePoint(fit.Studies.Natural(fit.Studies.Estimates[i], i), i))])
        {
            Shape = PictureShape.Square,
            Radius = 8,
            Areas = [.. weights.Select(weight => double.IsFinite(weight) ? weight / largest : 0.35)],
            Names =
            [
                .. Enumerable.Range(0, count).Select(i =>
                    fit.Studies.Labels[i] + ": " + scale.Text(
                        fit.Studies.Natural(fit.Studies.Estimates[i], i),
                        fit.Studies.Natural(fit.IntervalOf(i).Lower, i),
                        fit.Studies.Natural(fit.IntervalOf(i).Upper, i))),
            ],
            Legend = "study",
        };
        if (fit.IsRandom)
        {
            yield return new PictureMark.Dots([.. Enumerable.Range(0, count)
                .Select(i => new PicturePoint(fit.Studies.Natural(fit.Shrunken[i].Estimate, i), i))])
            {
                Shape = PictureShape.Ring,
                Radius = 3,
                Tone = PictureTone.First,
                Legend = "shrunken effect",
            };
        }
    }

    private static NumberTable Numbers(MetaAnalysisFit fit, EffectScale scale, Func<double, int?, double> place)
    {
        double Shown(double effect, int? study = null) => scale.Shown(place(effect, study));
        var rows = Enumerable.Range(0, fit.Studies.Count).Select(i => new TableCell[]
        {
            fit.Studies.Labels[i], Shown(fit.Studies.Estimates[i], i), Shown(fit.IntervalOf(i).Lower, i), Shown(fit.IntervalOf(i).Upper, i),
            fit.Studies.StandardError(i), fit.Shrunken[i].PoolingWeight, Shown(fit.Shrunken[i].Estimate, i),
        }).ToList();
        rows.Add(
        [
            fit.IsRandom ? "mean effect" : "common effect", Shown(fit.Estimate), Shown(fit.ConfidenceInterval.Lower),
            Shown(fit.ConfidenceInterval.Upper), fit.StandardError, default, default,
        ]);
        if (fit.IsRandom)
        {
            var (lower, upper) = fit.PredictionInterval;
            rows.Add(["new study", default, Shown(lower), Shown(upper), default, default, default]);
        }

        return new NumberTable(["study", scale.Name.ToLowerInvariant(), "lower", "upper", "se", "weight", "shrunken"], rows);
    }

    private static int Below(MetaAnalysisFit fit)
    {
        var below = 0;
        foreach (var estimate in fit.Studies.Estimates)
        {
            below += estimate < 0 ? 1 : 0;
        }

        return below;
    }

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Plural(string name) => name.EndsWith('s') || name.Contains('\'', StringComparison.Ordinal) ? name
        : name.EndsWith(')') ? name.Replace(" (", "s (", StringComparison.Ordinal)
        : name + "s";
}
