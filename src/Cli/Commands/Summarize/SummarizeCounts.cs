using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Summaries;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>How many estimates were made, entered the measures, and did not.</summary>
internal static class SummarizeCounts
{
    /// <summary>Writes a sentence, and a table of the methods and scenarios where something is missing.</summary>
    public static void Write(EstimateSummary summary, IAnsiConsole console)
    {
        var pairs = summary.Table.Cells.Zip(summary.Cells).ToArray();
        console.WriteLine($"Estimates: {Figures.Count(pairs.Sum(pair => (long)pair.First.Performance.Attempted))} attempted, "
            + $"{Figures.Count(pairs.Sum(pair => (long)pair.First.Performance.Converged))} used, "
            + $"{Figures.Count(pairs.Sum(pair => (long)pair.First.Performance.Failed))} failed or missing.");
        (string Heading, Func<int, long> Of)[] columns =
        [
            ("attempted", c => pairs[c].First.Performance.Attempted),
            ("used", c => pairs[c].First.Performance.Converged),
            ("warned", c => pairs[c].First.Performance.Warned),
            ("failed", c => pairs[c].First.Performance.Failed),
            ("no row", c => pairs[c].Second.Absent),
            ("outliers", c => pairs[c].Second.Outliers),
            ("incomplete", c => pairs[c].Second.Incomplete),
        ];
        int[] notable = [.. Enumerable.Range(0, pairs.Length).Where(c => columns.Skip(2).Any(column => column.Of(c) > 0))];
        if (notable.Length == 0)
        {
            return;
        }

        columns = [.. columns.Where((column, k) => k < 2 || notable.Any(c => column.Of(c) > 0))];
        var table = new TextTable(["scenario, method", .. columns.Select(column => ">" + column.Heading)]);
        foreach (var c in notable)
        {
            var name = $"{pairs[c].First.Label} {pairs[c].First.MethodLabel}".Trim();
            table.Row([name.Length == 0 ? "all" : name, .. columns.Select(column => Figures.Count(column.Of(c)))]);
        }

        table.WriteTo(console);
    }
}
