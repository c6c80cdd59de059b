using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The cluster-level analysis on 80 columns: one column a weighting, then tests of size, then notes.</summary>
internal static class CompareSummariesTable
{
    private static readonly ClusterWeighting[] Weightings = [ClusterWeighting.Cluster, ClusterWeighting.Participant];

    /// <summary>Writes the section and an empty line; nothing where there is nothing to say.</summary>
    public static void Write(ModelComparison comparison, CommandContext context)
    {
        var summaries = comparison.Summaries;
        var proportions = comparison.Gee.Options.Family == Family.Binomial;
        if (summaries.Estimates.Count > 0)
        {
            Estimates(summaries, proportions, comparison.Options.Trial, context);
        }

        if (summaries.SizeTests.Count > 0)
        {
            context.Console.WriteLine();
            context.Console.WriteLine($"  Does the size of a {comparison.Options.Trial.Unit} go with outcome or effect?");
            var width = summaries.SizeTests.Max(test => test.Name.Length);
            foreach (var test in summaries.SizeTests)
            {
                context.Console.WriteLine($"    {test.Name.PadRight(width)}  {Statistic(test)}, p {Figures.ProbabilityRelation(test.PValue)}");
            }
        }

        foreach (var note in summaries.Notes)
        {
            Note(note, context);
        }

        if (summaries.Estimates.Count + summaries.Notes.Count > 0)
        {
            context.Console.WriteLine();
        }
    }

    private static void Estimates(ClusterSummaries summaries, bool proportions, TrialDescription trial, CommandContext context)
    {
        var plain = summaries.Estimates.Where(row => !row.IsAdjusted).ToList();
        var several = plain.Select(row => row.Treated).Distinct(StringComparer.Ordinal).Skip(1).Any();
        var table = new TextTable(
            several ? "Clusters' own means" : $"Clusters' own means (t, {Degrees(plain[0])})", $"Every {trial.Unit} alike", "Every row alike");
        foreach (var arm in summaries.Arms.GroupBy(arm => arm.Level))
        {
            table.Row([$"Mean under {arm.Key}", .. Cells(weighting => Mean(arm.First(own => own.Weighting == weighting).Mean, proportions))]);
        }

        foreach (var pair in plain.GroupBy(row => row.Treated))
        {
            var suffix = several ? ", " + pair.Key : string.Empty;
            foreach (var rows in pair.GroupBy(row => (row.Estimand, row.Scale)))
            {
                table.Row([Name(rows.First(), proportions) + suffix, .. Cells(weighting => Interval(Of(rows, weighting), proportions))]);
                if (rows.First().PooledError is not null && rows.Key.Estimand == SummaryEstimand.Marginal)
                {
                    var degrees = several ? ", " + Degrees(rows.First()) : string.Empty;
                    table.Row([$"  t, pooled{degrees}", .. Cells(weighting => Test(Of(rows, weighting), row => row.PooledError))]);
                    table.Row([$"  t, HC2{degrees}", .. Cells(weighting => Test(Of(rows, weighting), row => row.RobustError))]);
                    Permutations(table, summaries, pair.Key);
                }
            }
        }

        foreach (var rows in summaries.Estimates.Where(row => row.IsAdjusted).GroupBy(row => (row.Treated, row.Estimand, row.Scale)))
        {
            var suffix = several ? ", " + rows.Key.Treated : string.Empty;
            var degrees = rows.First().Inference.DegreesOfFreedom == plain[0].Inference.DegreesOfFreedom && !several
                ? string.Empty
                : ", " + Degrees(rows.First());
            var name = Name(rows.First(), proportions);
            table.Row([
                $"Adjusted {char.ToLowerInvariant(name[0])}{name[1..]}{suffix}{degrees}",
                .. Cells(weighting => Interval(Of(rows, weighting), proportions)),
            ]);
        }

        table.WriteTo(context.Console);
    }

    private static void Permutations(TextTable table, ClusterSummaries summaries, string treated)
    {
        var own = summaries.Permutations.Where(test => test.Treated == treated).ToList();
        if (own.Count == 0)
        {
            return;
        }

        var how = own[0].IsExact ? $"  all {Figures.Count(own[0].Replicates)} assignments" : $"  {Figures.Count(own[0].Replicates)} assignments";
        table.Row([how, .. Cells(weighting => "p " + Figures.ProbabilityRelation(own.First(test => test.Weighting == weighting).PValue))]);
    }

    private static string[] Cells(Func<ClusterWeighting, string> cell) => [.. Weightings.Select(cell)];

    private static ClusterSummary Of(IEnumerable<ClusterSummary> rows, ClusterWeighting weighting) =>
        rows.First(row => row.Weighting == weighting);

    private static string Degrees(ClusterSummary row) => Figures.Fixed(row.Inference.DegreesOfFreedom ?? double.NaN, 0) + " df";

    private static string Name(ClusterSummary row, bool proportions)
    {
        var name = !row.Measure.IsLogarithm ? proportions ? "risk difference" : "difference"
            : proportions ? row.Measure.Name : "ratio";
        return char.ToUpperInvariant(name[0]) + name[1..]
            + (row.Estimand == SummaryEstimand.ClusterSpecific ? " in a cluster" : string.Empty);
    }

    private static string Mean(double mean, bool proportions) => proportions ? Figures.Percent(mean) : Figures.Significant(mean);

    private static string Interval(ClusterSummary summary, bool proportions)
    {
        var row = summary.Inference;
        if (summary.Measure.IsLogarithm)
        {
            return $"{Figures.Ratio(Math.Exp(row.Estimate))} "
                + $"({Figures.Interval(Figures.Ratio(Math.Exp(row.Lower)), Figures.Ratio(Math.Exp(row.Upper)))})";
        }

        return proportions
            ? $"{Figures.Percent(row.Estimate)} ({Figures.Interval(Figures.Fixed(100 * row.Lower, 1), Figures.Fixed(100 * row.Upper, 1))})"
            : $"{Figures.Estimate(row.Estimate, row.StandardError)} "
                + $"({Figures.Interval(Figures.Estimate(row.Lower, row.StandardError), Figures.Estimate(row.Upper, row.StandardError))})";
    }

    private static string Test(ClusterSummary row, Func<ClusterSummary, double?> error)
    {
        var test = Coefficient.Wald(row.Scale, row.Inference.Estimate, error(row) ?? double.NaN, row.Inference.DegreesOfFreedom);
        return $"{Figures.Fixed(test.Statistic, 2)}, p {Figures.ProbabilityRelation(test.PValue)}";
    }

    private static string Statistic(SizeTest test) => test.NumeratorDegreesOfFreedom is { } rank
        ? $"F({Figures.Count(rank)}, {Figures.Fixed(test.DegreesOfFreedom ?? double.NaN, 0)}) = {Figures.Fixed(test.Statistic, 2)}"
        : $"t = {Figures.Fixed(test.Statistic, 2)}";

    private static void Note(string text, CommandContext context)
    {
        var lead = "  \u00B7 ";
        foreach (var line in PlainWrap.Lines(text, context.Width - lead.Length, context.Width - lead.Length))
        {
            context.Console.WriteLine(lead + line);
            lead = "    ";
        }
    }
}
