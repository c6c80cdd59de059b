using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Summaries;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>Prints a summary of estimates as tables, JSON or CSV.</summary>
internal static class SummarizeOutput
{
    /// <summary>Writes the result in the format asked for, with its pictures and its report.</summary>
    public static void Write(
        EstimateSummary summary, DataArguments data, IReadOnlyList<SimulateCommandMeasure> measures, CommandContext context)
    {
        var notes = Notes(summary).ToArray();
        var warnings = Warnings(summary).ToArray();
        var shown = measures.Where(measure => summary.Table.Cells.Any(cell => IsKnown(measure.Of(cell.Performance)))).ToArray();
        ResultWriter.Write(
            context,
            () => Json(summary, [.. notes, .. warnings]),
            () => Csv(summary),
            () => Table(summary, data, shown, context.Console),
            notes,
            warnings,
            SummarizeReport.Of(summary, data, shown, () => Table(summary, data, shown, context.Console)));
    }

    /// <summary>How many estimates of how many methods and scenarios.</summary>
    public static string Size(EstimateSummary summary) => $"{Figures.Counted(summary.Rows.Count, "estimate")} of "
        + $"{Figures.Counted(summary.Table.Cells.Select(cell => cell.MethodIndex).Distinct().Count(), "method")} in "
        + $"{Figures.Counted(summary.Table.Scenarios, "scenario")}";

    /// <summary>The truth, the reference and what rejections are of.</summary>
    public static IEnumerable<string> Facts(EstimateSummary summary)
    {
        double[] truths = [.. summary.Table.Cells.Select(cell => cell.Performance.Truth).Where(double.IsFinite).Distinct()];
        if (truths.Length == 1 && !summary.Table.Cells[0].Performance.TruthVaries)
        {
            yield return $"Truth: {Typed(truths[0])}.";
        }

        if (summary.Rows.Probabilities is not null || summary.Rows.Errors is not null || summary.Rows.Lower is not null)
        {
            var how = summary.Rows.Probabilities is not null
                ? $"p-values below {Typed(Math.Round(1 - summary.Table.Level, 12))}"
                : $"{Figures.Level(summary.Table.Level)} intervals that leave out {Typed(summary.Table.Null)}";
            yield return $"Rejected: {how}.";
        }

        if (summary.Reference is { } reference)
        {
            yield return $"Precision is relative to {reference}.";
        }
    }

    private static void Table(
        EstimateSummary summary, DataArguments data, IReadOnlyList<SimulateCommandMeasure> measures, IAnsiConsole console)
    {
        console.WriteLine($"{Path.GetFileName(data.Path)}: {Size(summary)}");
        console.WriteLine("Monte Carlo standard errors in brackets.");
        foreach (var fact in Facts(summary))
        {
            console.WriteLine(fact);
        }

        PerformanceTables.Write(summary.Table, measures, console);
        console.WriteLine();
        SummarizeCounts.Write(summary, console);
    }

    private static string Json(EstimateSummary summary, IReadOnlyList<string> remarks)
    {
        var table = summary.Table;
        using var json = new JsonResult();
        json.Text("command", "summarize");
        json.Number("level", table.Level);
        json.Number("null", table.Null);
        json.Texts("factors", table.Factors);
        json.Text("reference", summary.Reference);
        json.Objects("cells", table.Cells.Zip(summary.Cells), pair =>
        {
            var (cell, counts) = pair;
            json.Object("by", () =>
            {
                foreach (var (factor, level) in table.Factors.Zip(cell.Levels))
                {
                    json.Text(factor, level);
                }
            });
            json.Text("method", cell.Method.Length == 0 ? null : cell.Method);
            json.Number("truth", Known(cell.Performance.Truth));
            json.Boolean("truthVaries", cell.Performance.TruthVaries);
            json.Integer("attempted", cell.Performance.Attempted);
            json.Integer("converged", cell.Performance.Converged);
            json.Integer("warned", cell.Performance.Warned);
            json.Integer("failed", cell.Performance.Failed);
            json.Integer("absent", counts.Absent);
            json.Integer("outliers", counts.Outliers);
            json.Integer("incomplete", counts.Incomplete);
            foreach (var measure in SimulateCommandMeasure.All)
            {
                var (value, error) = measure.Of(cell.Performance);
                json.Object(SimulateCommandSummary.Camel(measure.Name), () =>
                {
                    json.Number("value", Known(value));
                    json.Number("mcse", Known(error));
                });
            }
        });
        return json.Complete(remarks);
    }

    private static ResultTable Csv(EstimateSummary summary)
    {
        var csv = new ResultTable(
        [
            .. summary.Table.Factors, "method", "truth", "attempted", "converged", "warned", "failed", "absent", "outliers", "incomplete",
            .. SimulateCommandMeasure.All.SelectMany(measure => new[]
            {
                SimulateCommandSummary.Snake(measure.Name), SimulateCommandSummary.Snake(measure.Name) + "_mcse",
            }),
        ]);
        foreach (var (cell, counts) in summary.Table.Cells.Zip(summary.Cells))
        {
            var row = cell.Performance;
            csv.Row(
            [
                .. cell.Levels, cell.Method.Length == 0 ? null : cell.Method, row.Truth, row.Attempted, row.Converged, row.Warned,
                row.Failed, counts.Absent, counts.Outliers, counts.Incomplete,
                .. SimulateCommandMeasure.All.SelectMany(measure =>
                    new object[] { measure.Of(row).Value, measure.Of(row).MonteCarloError }),
            ]);
        }

        return csv;
    }

    private static IEnumerable<string> Notes(EstimateSummary summary)
    {
        if (summary.Reference is not null && summary.Rows.Replicate is null)
        {
            yield return "Which estimates of different methods are of one replicate is not said, so the Monte Carlo error of relative "
                + "precision takes them as independent; name the column of replicates by --replicate.";
        }

        if (summary.Options.Outliers is not null)
        {
            yield return $"{Figures.Counted(summary.Cells.Sum(cell => cell.Outliers), "estimate")} left out as outliers.";
        }

        if (summary.Options.CompleteOnly)
        {
            yield return $"{Figures.Counted(summary.Cells.Sum(cell => cell.Incomplete), "estimate")} left out because another method has "
                + "none on the same replicate.";
        }
    }

    private static IEnumerable<string> Warnings(EstimateSummary summary)
    {
        var cells = summary.Table.Cells;
        if (cells.Sum(cell => (long)cell.Performance.Failed) is > 0 and var failed)
        {
            yield return $"{Figures.Counted(failed, "estimate")} cannot be used, because a number is missing, a standard error is 0, or "
                + "the fit failed; the measures are of the others.";
        }

        if (summary.Cells.Sum(cell => (long)cell.Absent) is > 0 and var absent)
        {
            yield return $"{Figures.Counted(absent, "replicate")} of a method without a row, though other methods have one in the same "
                + "scenario.";
        }

        if (cells.Count(cell => cell.Performance.Converged < 2) is > 0 and var few)
        {
            yield return $"{Figures.Counted(few, "combination")} of method and scenario with fewer than two usable estimates: what cannot "
                + "be computed is shown as \u2013.";
        }
    }

    /// <summary>A number with the digits that it was given with.</summary>
    private static string Typed(double number) =>
        number.ToString("R", System.Globalization.CultureInfo.InvariantCulture).Replace("-", Figures.Minus, StringComparison.Ordinal);

    private static bool IsKnown(PerformanceMeasure measure) => double.IsFinite(measure.Value);

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
