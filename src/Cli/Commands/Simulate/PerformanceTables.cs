using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Performance;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>Measures of performance for people: one table a group of scenarios that differ in the last factor only.</summary>
internal static class PerformanceTables
{
    /// <summary>Writes the tables.</summary>
    /// <param name="table">The measures; cells of scenarios that were not run are not among them.</param>
    /// <param name="measures">Those to show.</param>
    /// <param name="console">Where to.</param>
    public static void Write(PerformanceTable table, IReadOnlyList<SimulateCommandMeasure> measures, IAnsiConsole console)
    {
        foreach (var group in table.Cells.GroupBy(cell => GroupOf(table, cell), StringComparer.Ordinal))
        {
            WriteGroup(table, group.Key, [.. group], measures, console);
        }
    }

    /// <summary>A level as it is printed.</summary>
    public static string Shown(string level) => double.TryParse(
        level, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)
        ? level.Replace("-", Figures.Minus, StringComparison.Ordinal)
        : level;

    private static string GroupOf(PerformanceTable table, PerformanceCell cell) =>
        PerformanceTable.LabelOf(table.Factors.SkipLast(1), cell.Levels.Select(Shown));

    private static void WriteGroup(
        PerformanceTable performance, string group, IReadOnlyList<PerformanceCell> cells, IReadOnlyList<SimulateCommandMeasure> measures,
        IAnsiConsole console)
    {
        var last = performance.Factors.Count == 0 ? null : performance.Factors[^1];
        var hasMethods = cells.Any(cell => cell.Method.Length > 0);
        var hasTruth = cells.Any(cell => double.IsFinite(cell.Performance.Truth));
        console.WriteLine();
        if (group.Length > 0)
        {
            console.WriteLine(group);
        }

        var heading = last is null ? hasMethods ? "method" : "estimate" : hasMethods ? $"{last}, method" : last;
        var table = new TextTable(
            [heading, .. hasTruth ? [">truth"] : Array.Empty<string>(), .. measures.Select(measure => ">" + measure.Heading)]);
        foreach (var cell in cells)
        {
            var label = last is null ? cell.MethodLabel : $"{Shown(cell.Levels[^1])} {cell.MethodLabel}".TrimEnd();
            var truth = (cell.Performance.TruthVaries ? "mean " : string.Empty) + Figures.Fixed(cell.Performance.Truth, 4);
            table.Row([
                label.Length == 0 ? "all" : label, .. hasTruth ? [truth] : Array.Empty<string>(),
                .. measures.Select(measure => measure.Text(cell.Performance)),
            ]);
        }

        table.WriteTo(console);
    }
}
