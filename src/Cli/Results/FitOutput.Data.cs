using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using Spectre.Console;

namespace MarginalConditional.Cli.Results;

/// <content>What was fitted to: rows, clusters, and what the columns are.</content>
internal static partial class FitOutput
{
    /// <summary>
    /// The rows and clusters used, as the first line of a table: <c>toenail.csv: 1,908 rows in 294 clusters of patientID (1–7 each)</c>.
    /// </summary>
    public static string DataLine(string source, ModelFrame frame)
    {
        var (minimum, maximum) = (frame.Clusters.MinimumSize, frame.Clusters.MaximumSize);
        var rows = $"{Path.GetFileName(source)}: {Figures.Counted(frame.Rows, "row")}";
        var dropped = frame.Dropped == 0 ? string.Empty : $", {Figures.Count(frame.Dropped)} left out with missing values";
        return maximum <= 1
            ? rows + dropped
            : $"{rows} in {Figures.Count(frame.Clusters.Count)} clusters of {frame.Clusters.Name} "
                + $"({(minimum == maximum ? Figures.Count(minimum) : $"{Figures.Count(minimum)}\u2013{Figures.Count(maximum)}")} "
                + $"each){dropped}";
    }

    /// <summary>
    /// Prints what the columns are, where the file says it: <c>AVAL: Analysis value · TRTP: Planned treatment</c>; else nothing.
    /// </summary>
    public static void WriteLabels(IAnsiConsole console, ModelFrame frame)
    {
        if (frame.Labels.Variables.Count > 0)
        {
            Prose.Sentence(console, string.Join(" \u00B7 ", frame.Labels.Variables.Select(one => $"{one.Variable}: {one.Label}")));
        }
    }

    /// <summary>What is known of the rows used, for a report.</summary>
    public static IReadOnlyList<(string Name, string Value)> DataFacts(ModelFrame frame)
    {
        var facts = new List<(string, string)>
        {
            ("Rows used", Figures.Count(frame.Rows)), ("Rows left out, with missing values", Figures.Count(frame.Dropped)),
        };
        if (frame.Clusters.MaximumSize > 1)
        {
            facts.Add(($"Clusters ({frame.Clusters.Name})", Figures.Count(frame.Clusters.Count)));
            var (least, most) = (Figures.Count(frame.Clusters.MinimumSize), Figures.Count(frame.Clusters.MaximumSize));
            facts.Add(("Rows a cluster", $"{least} to {most}, median {Figures.Significant(MedianSize(frame.Clusters))}"));
        }

        if (frame.WaveLabels.Count > 0)
        {
            facts.Add(("Waves", $"{Figures.Count(frame.WaveLabels.Count)}, from {frame.WaveLabels[0]} to {frame.WaveLabels[^1]}"));
        }

        facts.AddRange(frame.Labels.Variables);
        return facts;
    }

    private static double MedianSize(Clusters clusters)
    {
        var sizes = new int[clusters.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = clusters.Size(i);
        }

        Array.Sort(sizes);
        return sizes.Length == 0 ? 0 : 0.5 * (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]);
    }
}
