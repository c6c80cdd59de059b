using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Longitudinal;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A trial by period on 80 columns: four averages of its effect, by the cells' own means and with a working model.</summary>
internal static class LongitudinalTable
{
    /// <summary>Writes the section; nothing where no periods were named.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="verbose">Whether all scales and working models are shown.</param>
    public static void Write(IAnsiConsole console, ModelComparison comparison, bool verbose)
    {
        if (comparison.Periods is not { } analysis)
        {
            return;
        }

        foreach (var group in analysis.Estimates.GroupBy(row => (row.Treated, row.Control, row.Scale)))
        {
            if (verbose || OverTimeCells.IsShown(comparison, group.Key.Scale))
            {
                Table(console, comparison, analysis, [.. group], verbose);
                console.WriteLine();
            }
        }

        OverTimeCells.Paragraph(console, Sentence(analysis, comparison));
        console.WriteLine();
    }

    private static void Table(
        IAnsiConsole console,
        ModelComparison comparison,
        PeriodAnalysis analysis,
        IReadOnlyList<PeriodEstimate> rows,
        bool verbose)
    {
        List<string?> methods = [.. rows.Select(row => row.Method).Distinct().Where(method => verbose || method != "GLMM")];
        var first = rows[0];
        var arms = HasPairs(analysis) ? $", {Arms(comparison, first)}" : string.Empty;
        var table = new TextTable([
            OverTimeCells.Name(first.Scale) + arms,
            .. methods.Select(method => ">" + (method is null ? "cells' own means" : $"with the {method}")),
        ]);
        foreach (var estimand in PeriodEstimand.All)
        {
            table.Row([
                $"{estimand.Words} ({estimand.Key})",
                .. methods.Select(method => OverTimeCells.Estimate(
                    first.Scale, rows.First(row => row.Method == method && row.Estimand == estimand).Inference)),
            ]);
        }

        table.Row(["  all four equal?", .. methods.Select(method => OverTimeCells.Test(analysis.Tests.First(test =>
            test.Method == method && test.Scale == first.Scale && test.Treated == first.Treated && test.Control == first.Control).Test))]);
        table.WriteTo(console);
    }

    private static string Sentence(PeriodAnalysis analysis, ModelComparison comparison)
    {
        var arms = HasPairs(analysis) ? "Arms are" : Arms(comparison, analysis.Estimates[0]) + ",";
        var one = analysis.LeftOut.Count == 1 ? "s" : string.Empty;
        var left = analysis.LeftOut.Count == 0 ? string.Empty
            : $" {Joined(analysis.LeftOut)} lack{one} an arm and compare{one} nothing; the models are fitted to all rows.";
        var first = analysis.Estimates[0];
        return $"{arms} compared within {analysis.Column} {Joined(analysis.Periods)}.{left} "
            + OverTimeCells.Errors(first.Inference, first.StandardErrorType, comparison);
    }

    private static bool HasPairs(PeriodAnalysis analysis) => analysis.Estimates.Select(row => row.Treated).Distinct().Skip(1).Any();

    private static string Arms(ModelComparison comparison, PeriodEstimate row) =>
        $"{comparison.Options.Treatment} {row.Treated} against {row.Control}";

    private static string Joined(IReadOnlyList<string> labels) =>
        labels.Count == 1 ? labels[0] : $"{string.Join(", ", labels.SkipLast(1))} and {labels[^1]}";
}
