using MarginalConditional.Mixed;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of likelihood profiles.</summary>
public static class LikelihoodPicture
{
    /// <summary>The largest number of profiles that a picture shows.</summary>
    public const int Most = 6;

    /// <summary>Deviances along standard deviations, each relative to its estimate when there are several.</summary>
    /// <param name="traces">The profiles, one or more; without points where the likelihood could not be followed.</param>
    /// <param name="deviations">How many standard deviations there are; the caption says how many are shown where that is not all.</param>
    public static Picture Of(IReadOnlyList<ProfileTrace> traces, int deviations)
    {
        ArgumentNullException.ThrowIfNull(traces);
        var shown = traces.Where(trace => trace.Points.Count > 1 && trace.Interval.Estimate > 0).Take(Most).ToArray();
        var single = shown.Length == 1;
        var (level, cutoff) = (traces[0].Interval.Level, traces[0].Cutoff);
        var marks = new List<PictureMark>
        {
            new PictureMark.Rule(cutoff) { IsHorizontal = true, Tone = PictureTone.Muted, Legend = $"{Figures.Level(level)} interval" },
        };
        for (var s = 0; s < shown.Length; s++)
        {
            var drawn = single ? shown[s] : shown[s].Relative();
            var (tone, stroke) = (PictureTone.First + s, (PictureStroke)(s % 4));
            marks.Add(new PictureMark.Line([.. drawn.Points.Select(point => new PicturePoint(point.Value, point.Deviance))])
            {
                Tone = tone,
                Stroke = stroke,
                Legend = drawn.Interval.Label,
            });
            marks.Add(new PictureMark.Dots([.. Crossings(drawn.Interval).Select(limit => new PicturePoint(limit, cutoff))])
            {
                Tone = tone,
                Shape = (PictureShape)(s % 5),
            });
        }

        string Shown(ProfileInterval interval) => $"{interval.Label} {Figures.Significant(interval.Estimate)} "
            + $"({Figures.Interval(Figures.Significant(interval.Lower), Figures.Significant(interval.Upper))})";
        return new Picture
        {
            Kind = "likelihood",
            Title = single ? $"Likelihood profile of {shown[0].Interval.Label}" : "Likelihood profiles of standard deviations",
            Caption = $"Twice the fall of the log-likelihood with the parameter held and all others at their best; where it crosses the "
                + $"dashed line the {Figures.Level(level)} interval ends.{Rest(shown.Length, deviations)}",
            Description = shown.Length == 0
                ? "No profile could be followed."
                : $"Profiles with {Figures.Level(level)} intervals: {string.Join("; ", shown.Select(trace => Shown(trace.Interval)))}.",
            Numbers = new NumberTable(
                ["parameter", "value", "deviance"],
                [.. shown.SelectMany(trace => trace.Points.Select(point => new TableCell[]
                {
                    trace.Interval.Label, point.Value, point.Deviance,
                }))]),
            Across = new PictureAxis(single ? shown[0].Interval.Label : "Value / estimate"),
            Up = new PictureAxis("2 \u00D7 fall of the log-likelihood")
            {
                Minimum = 0,
                Maximum = Math.Min(
                    3 * cutoff,
                    1.05 * shown.SelectMany(trace => trace.Points).Select(point => point.Deviance).DefaultIfEmpty(cutoff).Max()),
            },
            Marks = marks,
        };
    }

    /// <summary>The limits at which the curve crosses the line: not the ends of what is possible, before which it does not.</summary>
    private static IEnumerable<double> Crossings(ProfileInterval interval) =>
        new (double Limit, bool IsEdge)[] { (interval.Lower, interval.LowerIsEdge), (interval.Upper, interval.UpperIsEdge) }
            .Where(end => double.IsFinite(end.Limit) && !end.IsEdge)
            .Select(end => end.Limit);

    private static string Rest(int shown, int deviations) => shown == 0 || shown >= deviations ? ""
        : $" Of {deviations} standard deviations of random effects {shown} {(shown == 1 ? "is" : "are")} shown: none that is 0 or could "
            + $"not be followed, and no more than {Most}.";
}
