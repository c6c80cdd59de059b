using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Regression;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>Effects of studies against a moderator, with the regression line.</summary>
public static class BubblePicture
{
    private const int Points = 61;

    /// <summary>Makes the picture.</summary>
    /// <param name="fit">The regression.</param>
    /// <param name="moderator">One of the moderators that are numbers.</param>
    /// <param name="ratios">Whether effects are logarithms to be shown as ratios.</param>
    public static Picture Of(MetaRegressionFit fit, string moderator, bool ratios)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var studies = fit.Studies;
        var measure = studies.Measure.Name;
        var name = studies.Measure == StudyMeasure.Given ? "Effect" : char.ToUpperInvariant(measure[0]) + measure[1..];
        var scale = ratios ? new EffectScale(name, true) : EffectScale.Difference(name, fit.Coefficients.Select(row => row.StandardError));
        var values = fit.Data.Numbers.First(one => one.Name == moderator).Values;
        var (least, most) = (values.Min(), values.Max());
        var margin = 0.04 * (most - least);
        var line = ModeratedPrediction.Along(fit, moderator, least - margin, most + margin, Points);
        double[] weights = [.. Enumerable.Range(0, studies.Count).Select(fit.WeightOf)];
        PicturePoint[] dots = [.. values.Select((value, i) => new PicturePoint(value, studies.Estimates[i]))];
        var test = fit.Coefficients.FirstOrDefault(row => row.Term == moderator);
        var others = fit.Data.Frame.Recipe!.GridVariables.Count > 1
            ? " The line is for the first level of other factors and the mean of other numbers."
            : string.Empty;
        var level = Figures.Level(fit.Options.Level);
        return new Picture
        {
            Kind = "bubble",
            Title = $"{name} against {moderator}, {Figures.Count(studies.Count)} studies",
            Caption = "Circles: studies, their area by weight; line: mean effect, band: its " + level + " interval"
                + (fit.IsRandom ? ", dashed: where a new study's effect is expected." : ".") + others,
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
            Across = new PictureAxis(moderator) { Minimum = least - margin, Maximum = most + margin },
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
                new PictureMark.Dots(dots)
                {
                    Radius = 14,
                    Areas = [.. weights.Select(weight => weight / weights.Max())],
                    Names = studies.Labels,
                    Opacity = 0.55,
                },
            ],
        };

        PicturePoint[] Curve(Func<StudyPrediction, double> part) =>
            [.. line.Select(point => new PicturePoint(point.Value, part(point.Mean)))];

        PictureMark.Line Edge(Func<StudyPrediction, double> part) =>
            new(Curve(part)) { Tone = PictureTone.First, Stroke = PictureStroke.Dashed, Width = 1.25 };
    }
}
