using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>A trial by period on 80 columns: four averages of its effect, by the cells' own means and with a working model.</summary>
internal sealed class LongitudinalTable
{
    private readonly IAnsiConsole console;
    private readonly ModelComparison comparison;
    private readonly PeriodAnalysis analysis;
    private readonly bool verbose;

    private LongitudinalTable(IAnsiConsole console, ModelComparison comparison, PeriodAnalysis analysis, bool verbose)
    {
        this.console = console;
        this.comparison = comparison;
        this.analysis = analysis;
        this.verbose = verbose;
    }

    /// <summary>Writes the section; nothing where no periods were named.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="verbose">Whether all scales and working models are shown.</param>
    public static void Write(IAnsiConsole console, ModelComparison comparison, bool verbose)
    {
        if (comparison.Periods is { } analysis)
        {
            new LongitudinalTable(console, comparison, analysis, verbose).Write();
        }
    }

    private void Write()
    {
        var ratio = ScaleNames.Ratio(comparison.Options.Glmm.Family, comparison.Options.Glmm.EffectiveLink);
        foreach (var group in analysis.Estimates.GroupBy(row => (row.Treated, row.Control, row.Scale)))
        {
            if (verbose || !IsLogarithm(group.Key.Scale) || (ratio is not null && IsMainRatio(group.Key.Scale, ratio)))
            {
                Table([.. group]);
                console.WriteLine();
            }
        }

        Paragraph(Sentence());
        console.WriteLine();
    }

    private void Table(IReadOnlyList<PeriodEstimate> rows)
    {
        List<string?> methods = [.. rows.Select(row => row.Method).Distinct().Where(method => verbose || method != "GLMM")];
        var (first, arms) = (rows[0], comparison.Options.Treatment);
        var scale = IsLogarithm(first.Scale) ? first.Scale["log ".Length..] : first.Scale;
        var table = new TextTable([
            $"{char.ToUpperInvariant(scale[0])}{scale[1..]}, {arms} {first.Treated} against {first.Control}",
            .. methods.Select(method => ">" + (method is null ? "cells' own means" : $"with the {method}")),
        ]);
        foreach (var estimand in PeriodEstimand.All)
        {
            table.Row([
                $"{estimand.Words} ({estimand.Key})",
                .. methods.Select(method => Cell(rows.First(row => row.Method == method && row.Estimand == estimand))),
            ]);
        }

        table.Row(["  all four equal?", .. methods.Select(method => Test(first, method))]);
        table.WriteTo(console);
    }

    private string Test(PeriodEstimate like, string? method)
    {
        var test = analysis.Tests.First(row =>
            row.Method == method && row.Scale == like.Scale && row.Treated == like.Treated && row.Control == like.Control);
        return test.Test is { } joint ? "p " + Figures.ProbabilityRelation(joint.PValue) : "the same by design";
    }

    private string Cell(PeriodEstimate row)
    {
        var (own, proportions) = (row.Inference, row.Scale == EffectMeasure.Difference.Name);
        if (!double.IsFinite(own.StandardError))
        {
            return IsLogarithm(row.Scale) ? Figures.Ratio(Math.Exp(own.Estimate)) : Figures.Significant(own.Estimate);
        }

        var (estimate, lower, upper) = IsLogarithm(row.Scale)
            ? (Figures.Ratio(Math.Exp(own.Estimate)), Figures.Ratio(Math.Exp(own.Lower)), Figures.Ratio(Math.Exp(own.Upper)))
            : proportions
            ? (Figures.Percent(own.Estimate), Figures.Fixed(100 * own.Lower, 1), Figures.Fixed(100 * own.Upper, 1))
            : (Figures.Estimate(own.Estimate, own.StandardError), Figures.Estimate(own.Lower, own.StandardError),
                Figures.Estimate(own.Upper, own.StandardError));
        return $"{estimate} ({Figures.Interval(lower, upper)})";
    }

    private string Sentence()
    {
        var left = analysis.LeftOut.Count == 0 ? string.Empty
            : $" {Joined(analysis.LeftOut)} lack{(analysis.LeftOut.Count == 1 ? "s" : string.Empty)} an arm and compare"
                + $"{(analysis.LeftOut.Count == 1 ? "s" : string.Empty)} nothing; the models are fitted to all rows.";
        var errors = analysis.Estimates[0];
        var reference = errors.Inference.DegreesOfFreedom is { } df ? $"t, {Figures.Count((long)df)} df" : "normal";
        return $"Arms are compared within {analysis.Column} {Joined(analysis.Periods)}.{left} {Figures.Level(comparison.Options.Level)} "
            + $"intervals: {errors.StandardErrorType}; {reference}.";
    }

    private static string Joined(IReadOnlyList<string> labels) =>
        labels.Count == 1 ? labels[0] : $"{string.Join(", ", labels.SkipLast(1))} and {labels[^1]}";

    private static bool IsLogarithm(string scale) => scale.StartsWith("log ", StringComparison.Ordinal);

    private static bool IsMainRatio(string scale, string ratio) => scale == "log " + ratio || (scale == "log ratio" && ratio != "odds ratio");

    private void Paragraph(string text)
    {
        foreach (var line in PlainWrap.Lines(text, console.Profile.Width - 2, console.Profile.Width - 2))
        {
            console.WriteLine("  " + line);
        }
    }
}
