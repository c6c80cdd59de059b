using MarginalConditional.Data.Frames;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of who was seen when.</summary>
public static class DropoutPicture
{
    private const int Most = 20;

    /// <summary>The patterns of waves seen and missed, the most frequent on top.</summary>
    /// <param name="frame">A frame with waves.</param>
    public static Picture Of(ModelFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var patterns = WavePattern.Of(frame);
        var waves = patterns[0].Seen.Count;
        var total = patterns.Sum(pattern => pattern.Clusters);
        var shown = patterns.Take(Most).ToArray();
        var rest = patterns.Skip(Most).Sum(pattern => pattern.Clusters);
        var complete = patterns.Where(pattern => pattern.IsComplete).Sum(pattern => pattern.Clusters);
        var monotone = patterns.Where(pattern => pattern.IsMonotone).Sum(pattern => pattern.Clusters);
        PicturePoint[] Points(bool seen) =>
        [
            .. Enumerable.Range(0, shown.Length).SelectMany(i => Enumerable.Range(0, waves)
                .Where(wave => shown[i].Seen[wave] == seen)
                .Select(wave => new PicturePoint(wave, i))),
        ];
        string Label(int wave) => wave < frame.WaveLabels.Count ? frame.WaveLabels[wave] : Figures.Count(wave + 1);
        return new Picture
        {
            Kind = "dropout",
            Title = $"Waves at which {Figures.Counted(total, "cluster")} were seen",
            Caption = "Filled: seen; rings: missing. Each row is a pattern with its number of clusters, the most frequent on top."
                + (rest > 0
                    ? $" {Figures.Counted(patterns.Count - Most, "rarer pattern")} of {Figures.Counted(rest, "cluster")} are left out."
                    : string.Empty),
            Description = $"{Figures.Counted(patterns.Count, "pattern")}: {Figures.Count(complete)} of {Figures.Count(total)} clusters "
                + $"were seen at every wave, {Figures.Count(monotone - complete)} left and did not come back, "
                + $"{Figures.Count(total - monotone)} missed a wave and came back.",
            Numbers = new NumberTable(
                ["waves seen", "clusters"],
                [.. patterns.Select(pattern => new TableCell[]
                {
                    string.Concat(pattern.Seen.Select(seen => seen ? '\u25CF' : '\u25CB')), (double)pattern.Clusters,
                })]),
            Across = new PictureAxis("Wave")
            {
                Ticks = [.. Enumerable.Range(0, waves).Select(wave => ((double)wave, Label(wave)))],
                Minimum = -0.5,
                Maximum = waves - 0.5,
            },
            Up = new PictureAxis(string.Empty),
            Rows =
            [
                .. shown.Select(pattern => new PictureRow(
                    pattern.IsComplete ? "complete" : pattern.IsMonotone ? "dropout" : "gaps",
                    $"{Figures.Count(pattern.Clusters)} ({Figures.Percent((double)pattern.Clusters / total)})")),
            ],
            RowHeading = "Pattern",
            TextHeading = "Clusters",
            Marks =
            [
                new PictureMark.Dots(Points(false)) { Shape = PictureShape.Ring, Tone = PictureTone.Muted, Radius = 4, Legend = "missing" },
                new PictureMark.Dots(Points(true)) { Tone = PictureTone.First, Radius = 5, Legend = "seen" },
            ],
        };
    }
}
