using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Summaries;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>What the pictures and the report of a summary are made of.</summary>
internal static class SummarizeReport
{
    /// <summary>The pictures, and the parts of the report.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="data">The file.</param>
    /// <param name="measures">The measures of the tables.</param>
    /// <param name="print">Prints the tables.</param>
    public static Publication Of(
        EstimateSummary summary, DataArguments data, IReadOnlyList<SimulateCommandMeasure> measures, Action print)
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
            Parts =
            [
                new("Pictures", pen => pen.Pictures()),
                new("Tables", pen => ReportPen.FoldedIfLong(pen.Printed(print), table.Cells.Count)),
                new("How it was measured", _ => ReportPen.Paragraphs(SummarizeOutput.Facts(summary).Append(
                    "With n usable estimates of a scenario and method:")) + ReportPen.Table(MeasureDefinitions.Table(measures))),
                new("Warnings", pen => pen.Warnings()),
                new("Data", pen => pen.Data()),
            ],
        };
    }
}
