using MarginalConditional.Report.Pictures;
using MarginalConditional.Report.Wording;

namespace MarginalConditional.Report.Gallery;

/// <summary>The picture of what single clusters do to a result.</summary>
public static class InfluencePicture
{
    private const int Named = 5;
    private const int MostPoints = 2000;

    /// <summary>Cook's distances by cluster, the largest by name.</summary>
    /// <param name="labels">The clusters.</param>
    /// <param name="distances">Their distances.</param>
    /// <param name="sizes">Their numbers of rows.</param>
    /// <param name="name">What clusters are called.</param>
    public static Picture Of(IReadOnlyList<string> labels, IReadOnlyList<double> distances, IReadOnlyList<int> sizes, string name)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(distances);
        ArgumentNullException.ThrowIfNull(sizes);
        var order = Enumerable.Range(0, labels.Count)
            .Where(i => double.IsFinite(distances[i]))
            .OrderByDescending(i => distances[i])
            .ThenBy(i => i)
            .Take(MostPoints)
            .ToArray();
        var mean = distances.Where(double.IsFinite).DefaultIfEmpty(0).Average();
        var named = order.Take(Named).ToArray();
        return new Picture
        {
            Kind = "influence",
            Title = $"How much each of {Figures.Counted(labels.Count, "cluster")} moves the estimates",
            Caption = "Cook's distance when a cluster is left out, by one step; dashed: its mean. The largest are named.",
            Description = named.Length == 0
                ? "No cluster has a distance."
                : $"The largest distance is {Figures.Significant(distances[named[0]])}, of {name} {labels[named[0]]}; the mean is "
                    + $"{Figures.Significant(mean)}.",
            Numbers = new NumberTable(
                [name, "rows", "Cook's distance"],
                [.. order.Select(i => new TableCell[] { labels[i], (double)sizes[i], distances[i] })]),
            Across = new PictureAxis($"{name}, in the order of the data") { Minimum = -0.02 * labels.Count, Maximum = 1.02 * labels.Count },
            Up = new PictureAxis("Cook's distance") { Minimum = 0 },
            Marks =
            [
                .. order.Take(MostPoints / 4).Select(i => new PictureMark.Range(i + 1, 0, distances[i])
                {
                    IsVertical = true,
                    Tone = PictureTone.Muted,
                    Width = 1,
                }),
                new PictureMark.Rule(mean) { IsHorizontal = true, Tone = PictureTone.Second, Legend = "mean" },
                new PictureMark.Dots([.. order.Select(i => new PicturePoint(i + 1, distances[i]))])
                {
                    Radius = 3,
                    Names = [.. order.Select(i => $"{labels[i]}: {Figures.Significant(distances[i])}")],
                },
                .. Apart(named, distances, labels.Count).Select(i => new PictureMark.Label(
                    new PicturePoint(i + 1, distances[i]), labels[i].Length > 24 ? labels[i][..23] + "\u2026" : labels[i])),
            ],
        };
    }

    /// <summary>Those whose names do not stand over each other.</summary>
    private static List<int> Apart(int[] named, IReadOnlyList<double> distances, int count)
    {
        var kept = new List<int>();
        foreach (var i in named)
        {
            var largest = Math.Max(distances[named[0]], 1e-300);
            if (!kept.Exists(other =>
                Math.Abs(other - i) < 0.3 * count && Math.Abs(distances[other] - distances[i]) < 0.06 * largest))
            {
                kept.Add(i);
            }
        }

        return kept;
    }
}
