using MarginalConditional.Means.Estimates;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of estimated means by visit.</summary>
public static class MeansPicture
{
    /// <summary>Means with intervals; of two variables the last is the axis and the first has a line each.</summary>
    /// <param name="means">The means.</param>
    /// <param name="of">What they are means of: the outcome's name, or <c>the log odds of y</c>.</param>
    /// <param name="percent">Whether they are proportions.</param>
    /// <param name="level">The intervals' level.</param>
    public static Picture Of(IReadOnlyList<MeanEstimate> means, string of, bool percent, double level)
    {
        ArgumentNullException.ThrowIfNull(means);
        string Text(MeanEstimate mean) => percent
            ? Figures.Percent(mean.Estimate.Estimate)
            : Figures.Estimate(mean.Estimate.Estimate, mean.Estimate.StandardError);
        string[] variables = [.. means[0].At.Select(pair => pair.Variable)];
        var shown = means.Where(mean => double.IsFinite(mean.Estimate.Estimate)).ToArray();
        if (shown.Length == 0)
        {
            throw new ArgumentException("None of the means could be estimated: there is nothing to draw.", nameof(means));
        }

        var places = MeanPlaces.Of(shown.Select(mean => mean.At[^1].Value));
        var series = shown.GroupBy(mean => string.Join(", ", Values(mean).SkipLast(1)), StringComparer.Ordinal).ToArray();
        var marks = new List<PictureMark>();
        for (var s = 0; s < series.Length; s++)
        {
            // Series stand a little apart, so that intervals do not hide each other.
            var shift = 0.12 * places.Room * (s - ((series.Length - 1) / 2.0));
            MeanEstimate[] line = [.. series[s].OrderBy(mean => places.At(mean.At[^1].Value))];
            var (tone, stroke) = (PictureTone.First + (s % 6), (PictureStroke)(s % 4));
            PicturePoint[] points =
                [.. line.Select(mean => new PicturePoint(places.At(mean.At[^1].Value) + shift, mean.Estimate.Estimate))];
            marks.AddRange(line.Select((mean, i) => new PictureMark.Range(points[i].Across, mean.Estimate.Lower, mean.Estimate.Upper)
            {
                IsVertical = true,
                Tone = tone,
            }));
            marks.Add(new PictureMark.Line(points)
            {
                Tone = tone,
                Stroke = stroke,
                Legend = series.Length > 1 ? series[s].Key : string.Empty
            });
            marks.Add(new PictureMark.Dots(points)
            {
                Tone = tone,
                Shape = (PictureShape)(s % 5),
                Radius = 5,
                Names = [.. line.Select(mean => $"{string.Join(", ", Values(mean))}: {Text(mean)}")],
            });
        }

        var (least, largest) = (shown.MinBy(mean => mean.Estimate.Estimate)!, shown.MaxBy(mean => mean.Estimate.Estimate)!);
        return new Picture
        {
            Kind = "means",
            Title = $"Estimated means of {of} by {string.Join(" and ", variables)}",
            Caption = $"Points: estimated means of {of}; lines: {Figures.Level(level)} intervals.",
            Description = $"Means from {Text(least)} ({string.Join(", ", Values(least))}) to {Text(largest)} "
                + $"({string.Join(", ", Values(largest))}).",
            Numbers = new NumberTable(
                [.. variables, "mean", "se", "lower", "upper"],
                [.. shown.Select(mean => (IReadOnlyList<TableCell>)
                [
                    .. Values(mean).Select(value => (TableCell)value), mean.Estimate.Estimate, mean.Estimate.StandardError,
                    mean.Estimate.Lower, mean.Estimate.Upper,
                ])]),
            Across = new PictureAxis(variables[^1])
            {
                Ticks = places.Ticks,
                Minimum = places.Ticks.Min(tick => tick.Value) - (0.5 * places.Room),
                Maximum = places.Ticks.Max(tick => tick.Value) + (0.5 * places.Room),
            },
            Up = new PictureAxis($"Mean of {of}", percent ? PictureScale.Percent : PictureScale.Number),
            Marks = marks,
        };
    }

    private static IEnumerable<string> Values(MeanEstimate mean) => mean.At.Select(pair => pair.Value);
}
