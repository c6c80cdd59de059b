using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Summaries;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>What the pictures and the report of a summary are made of.</summary>
internal static class SummarizeReport
{
    /// <summary>The pictures, and the parts of the report.</summary>
    public static Publication Of(EstimateSummary summary, DataArguments data)
    {
        var table = summary.Table;
        string[] methods = [.. table.Cells.Select(cell => cell.Method).Where(method => method.Length > 0).Distinct(StringComparer.Ordinal)];
        return new Publication
        {
            Title = $"How {(methods.Length > 1 ? $"{Figures.Count(methods.Length)} methods" : "a method")} did: {table.Name}",
            Answer = PerformanceAnswer.Of(table),
            Data = data,
            DataFacts =
            [
                ("Estimates", Figures.Count(summary.Rows.Count)),
                ("Scenarios", Figures.Count(table.Scenarios)),
                .. table.Factors.Select((factor, f) => (
                    $"Levels of {factor}",
                    string.Join(", ", table.Cells.Select(cell => cell.Levels[f]).Distinct(StringComparer.Ordinal)))),
                .. methods.Length > 0 ? [("Methods", string.Join(", ", methods))] : Array.Empty<(string, string)>(),
            ],
            Pictures = PerformancePictures.Of(table, summary.Intervals),
        };
    }
}
