using MarginalConditional.Mixed;
using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of what single clusters do to a result.</summary>
public static class InfluencePicture
{
    private const int Named = 5;
    private const int MostPoints = 2000;

    /// <summary>Cook's distances by cluster, the largest by name.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="distances">Their distances.</param>
    /// <param name="way">How the estimates without a cluster were found, to go on after "left out, ": <c>by one step</c>.</param>
    public static Picture Of(ClusterList clusters, CookDistances distances, string way)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(distances);
        var (labels, name) = (clusters.Labels, clusters.Name);
        var (values, mean) = (distances.Values.ToArray(), distances.Mean);
        int[] order = [.. distances.Descending.Take(MostPoints)];
        int[] named = [.. order.Take(Named)];
        var unknown = labels.Count - distances.Descending.Count;
        return new Picture
        {
            Kind = "influence",
            Title = $"How much each of {Figures.Counted(labels.Count, "cluster")} moves the estimates",
            Caption = $"Cook's distance when a cluster is left out, {way}; dashed: its mean. The largest are named where there is room."
                + (unknown > 0
                    ? $" {Figures.Counted(unknown, "cluster")} without which the estimates do not exist {(unknown > 1 ? "are" : "is")} "
                        + "left out."
                    : string.Empty),
            Description = named.Length == 0
                ? "No cluster has a distance."
                : $"The largest distance is {Figures.Significant(values[named[0]])}, of {name} {labels[named[0]]}; the mean is "
                    + $"{Figures.Significant(mean)}.",
            Numbers = new NumberTable(
                [name, "rows", "Cook's distance"],
                [.. order.Select(i => new TableCell[] { labels[i], (double)clusters.Sizes[i], values[i] })]),
            Across = new PictureAxis($"{name}, in the order of the data") { Minimum = -0.02 * labels.Count, Maximum = 1.02 * labels.Count },
            Up = new PictureAxis("Cook's distance") { Minimum = 0 },
            Marks =
            [
                .. order.Take(MostPoints / 4).Select(i => new PictureMark.Range(i + 1, 0, values[i])
                {
                    IsVertical = true,
                    Tone = PictureTone.Muted,
                    Width = 1,
                }),
                new PictureMark.Rule(mean) { IsHorizontal = true, Tone = PictureTone.Second, Legend = "mean" },
                new PictureMark.Dots([.. order.Select(i => new PicturePoint(i + 1, values[i]))])
                {
                    Radius = 3,
                    Names = [.. order.Select(i => $"{labels[i]}: {Figures.Significant(values[i])}")],
                },
                .. named.Select(i => new PictureMark.Label(new PicturePoint(i + 1, values[i]), labels[i])),
            ],
        };
    }
}
