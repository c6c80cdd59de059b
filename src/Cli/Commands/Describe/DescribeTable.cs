using System.Globalization;
using MarginalConditional.Cli.Output;
using MarginalConditional.Data.Descriptions;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Describe;

/// <summary>A description for people.</summary>
internal static class DescribeTable
{
    private const int LevelsShown = 4;
    private const int LongestLevel = 16;
    private const int MostWaves = 12;
    private const int MostPatterns = 12;

    /// <summary>Prints the columns, then what is known of clusters, visits, missing values and patterns.</summary>
    public static void Write(DataDescription description, string path, IAnsiConsole console)
    {
        console.WriteLine($"{Path.GetFileName(path)}: {Figures.Counted(description.Rows, "row")}, "
            + $"{Figures.Counted(description.Columns.Count, "column")}");
        if (description.Clusters is { } clusters)
        {
            console.WriteLine(Sizes(clusters));
        }

        if (description.Columns.Count > 0)
        {
            console.WriteLine();
            Columns(description, console);
        }

        if (description.Waves.Count is > 0 and <= MostWaves)
        {
            Waves(description, console);
        }

        if (description.Missing.Count > 0 && (description.Waves.Count > 0 || description.Arms.Count > 0))
        {
            Missing(description, console);
        }

        if (description.Patterns.Count > 0)
        {
            Patterns(description, console);
        }
    }

    private static string Sizes(ClusterDescription clusters)
    {
        var sizes = clusters.Minimum == clusters.Maximum
            ? $"of {Figures.Counted(clusters.Minimum, "row")} each"
            : $"of {clusters.Minimum} to {Figures.Counted(clusters.Maximum, "row")}, median {Number(clusters.Median)}, worth "
                + $"{clusters.Effective.ToString("0.#", CultureInfo.InvariantCulture)} of equal size";
        var single = clusters.Single > 0 && clusters.Maximum > 1 ? $"; {clusters.Single} of one row" : string.Empty;
        var missing = clusters.Missing > 0 ? $"; {Figures.Counted(clusters.Missing, "row")} without" : string.Empty;
        return $"{Figures.Counted(clusters.Count, "cluster")} ({clusters.Name}) {sizes}{single}{missing}";
    }

    private static void Columns(DataDescription description, IAnsiConsole console)
    {
        var labelled = description.Columns.Any(column => column.Label is not null);
        string[] headings = ["Column", "Read as", ">Missing", ">Distinct", "Values", .. labelled ? ["Label"] : Array.Empty<string>()];
        var table = new TextTable(headings);
        string[] names = description.Clusters?.Name.Split(':') ?? [];
        foreach (var column in description.Columns)
        {
            string[] label = labelled ? [column.Label ?? string.Empty] : [];
            var values = Values(column, names.Contains(column.Name, StringComparer.Ordinal));
            table.Row([column.Name, column.Type, Count(column.Missing), Count(column.Distinct), values, .. label]);
        }

        table.WriteTo(console);
    }

    /// <summary>The values in short; numbers that name clusters have no mean.</summary>
    private static string Values(ColumnDescription column, bool areNames)
    {
        if (column.Minimum is { } least && column.Maximum is { } most)
        {
            return least == most ? Number(least)
                : $"{Number(least)} to {Number(most)}" + (areNames ? string.Empty : $", mean {Number(column.Mean!.Value)}");
        }

        if (column.Type == "date" && column.Levels.Count > 1)
        {
            return $"{column.Levels[0].Level} to {column.Levels[^1].Level}";
        }

        var shown = column.Levels.Count <= LevelsShown
            ? column.Levels.Select(level => $"{Short(level.Level)} {Count(level.Rows)}")
            : column.Levels.Take(LevelsShown - 1).Select(level => Short(level.Level)).Append("\u2026");
        return string.Join(", ", shown);
    }

    private static void Waves(DataDescription description, IAnsiConsole console)
    {
        var width = Math.Max(description.Arms.Count, 1);
        string[] arms = description.Arms.Count == 0 ? ["Rows"] : [.. description.Arms];
        var table = new TextTable(["Visit", .. arms.Select(arm => ">" + arm)]);
        foreach (var (wave, name) in description.Waves.Index())
        {
            table.Row([name, .. description.RowsOfWaves.Skip(wave * width).Take(width).Select(Count)]);
        }

        Section("Rows at each visit", table, console);
    }

    private static void Missing(DataDescription description, IAnsiConsole console)
    {
        var byWave = description.Waves.Count is > 0 and <= MostWaves;
        var hasArms = description.Arms.Count > 0;
        string[] waves = byWave ? [.. description.Waves.Select(wave => ">" + wave)] : [">Missing"];
        var table = new TextTable(["Column", .. hasArms ? ["Arm"] : Array.Empty<string>(), .. waves]);
        foreach (var group in description.Missing.GroupBy(cell => (cell.Column, cell.Arm)))
        {
            string[] arm = hasArms ? [group.Key.Arm ?? string.Empty] : [];
            string[] cells = byWave
                ? [.. group.Select(cell => $"{cell.Missing}/{cell.Rows}")]
                : [$"{group.Sum(cell => cell.Missing)}/{group.Sum(cell => cell.Rows)}"];
            table.Row([group.Key.Column, .. arm, .. cells]);
        }

        Section("Missing among the rows there are", table, console);
    }

    private static void Patterns(DataDescription description, IAnsiConsole console)
    {
        string[] arms = description.Arms.Count == 0 ? [] : [.. description.Arms];
        var table = new TextTable(["Visits", ">Clusters", .. arms.Select(arm => ">" + arm)]);
        foreach (var pattern in description.Patterns.Take(MostPatterns))
        {
            Row(pattern.Pattern, pattern.Clusters);
        }

        var others = description.Patterns.Skip(MostPatterns).ToArray();
        if (others.Length > 0)
        {
            Row(
                Figures.Counted(others.Length, "other pattern"),
                [.. Enumerable.Range(0, Math.Max(arms.Length, 1)).Select(arm => others.Sum(pattern => pattern.Clusters[arm]))]);
        }

        var gaps = description.Patterns.Where(pattern => !pattern.IsMonotone).Sum(pattern => pattern.Clusters.Sum());
        Section("Visits at which clusters were seen (x) or not (.)", table, console);
        console.WriteLine(gaps == 0
            ? "No cluster comes back after a visit missed."
            : $"{Figures.Counted(gaps, "cluster")} came back after a visit missed.");

        void Row(string name, IReadOnlyList<int> clusters) =>
            table.Row([name, Count(clusters.Sum()), .. arms.Length == 0 ? [] : clusters.Select(Count)]);
    }

    private static void Section(string heading, TextTable table, IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine(heading);
        table.WriteTo(console);
    }

    private static string Short(string level) => level.Length <= LongestLevel ? level : level[..(LongestLevel - 1)] + "\u2026";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) is >= 1e7 or (> 0 and < 1e-4) ? "0.###e+0" : "0.####", CultureInfo.InvariantCulture)
            .Replace("-", Figures.Minus, StringComparison.Ordinal);
}
