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
/// <remarks>Where all clusters have the same size there is one weighting; <c>--verbose</c> shows both pooled and HC2.</remarks>
internal sealed class CompareSummariesTable
{
    private readonly ClusterSummaries summaries;
    private readonly CommandContext context;
    private readonly TrialDescription trial;
    private readonly bool proportions;
    private readonly bool several;
    private readonly double fewestRows;
    private readonly ClusterWeighting[] weightings;

    private CompareSummariesTable(ModelComparison comparison, CommandContext context)
    {
        this.context = context;
        summaries = comparison.Summaries;
        trial = comparison.Options.Trial;
        fewestRows = comparison.Options.Tolerances.Summaries.FewestRows;
        proportions = comparison.Gee.Options.Family == Family.Binomial;
        several = summaries.Estimates.Select(row => row.Treated).Distinct(StringComparer.Ordinal).Skip(1).Any();
        weightings = summaries.SmallestSize == summaries.LargestSize
            ? [ClusterWeighting.Cluster]
            : [ClusterWeighting.Cluster, ClusterWeighting.Participant];
    }

    /// <summary>Writes the section and an empty line; nothing where there is nothing to say.</summary>
    public static void Write(ModelComparison comparison, CommandContext context) => new CompareSummariesTable(comparison, context).Write();

    private void Write()
    {
        if (summaries.Estimates.Count > 0)
        {
            Estimates();
        }

        if (summaries.SizeTests.Count > 0)
        {
            SizeTests();
        }

        foreach (var note in summaries.Notes)
        {
            Note(note);
        }

        if (summaries.Estimates.Count + summaries.SizeTests.Count + summaries.Notes.Count > 0)
        {
            WriteLine(string.Empty);
        }
    }

    private void Estimates()
    {
        var plain = summaries.Estimates.Where(row => !row.IsAdjusted && IsShown(row)).ToList();

        // Few clusters of unequal sizes have fewer degrees of freedom where each row counts alike.
        var isOne = plain.Where(row => weightings.Contains(row.Weighting)).Select(Degrees).Distinct().Take(2).Count() == 1;
        var table = new TextTable([
            several || !isOne ? "Clusters' own means" : $"Clusters' own means ({Degrees(plain[0])})",
            .. Cells(weighting => weighting == ClusterWeighting.Cluster ? $"Every {trial.Unit} alike" : "Every row alike"),
        ]);
        if (!several && !isOne)
        {
            table.Row(["Reference", .. Cells(plain, Degrees)]);
        }

        foreach (var arm in summaries.Arms.GroupBy(arm => arm.Level))
        {
            table.Row([$"Mean under {arm.Key}", .. Cells(weighting => Mean(arm.First(own => own.Weighting == weighting).Mean))]);
        }

        foreach (var pair in plain.GroupBy(row => row.Treated))
        {
            foreach (var rows in pair.GroupBy(row => (row.Estimand, row.Scale)))
            {
                table.Row([Name(rows.First()) + Suffix(pair.Key), .. Cells(rows, Interval)]);
                if (rows.First() is { PooledError: not null } first && first.Estimand == SummaryEstimand.Marginal)
                {
                    Tests(table, [.. rows]);
                }
            }
        }

        foreach (var pair in summaries.Estimates.Where(row => row.IsAdjusted).GroupBy(row => row.Treated))
        {
            table.Row([$"Adjusted for covariates{Suffix(pair.Key)}", .. Cells(pair, Degrees)]);
            foreach (var rows in pair.GroupBy(row => row.Scale))
            {
                table.Row(["  " + Name(rows.First()), .. Cells(rows, Interval)]);
            }
        }

        table.WriteTo(context.Console);
    }

    /// <summary>Whether the estimate means something: where all clusters are small, their own log odds are mostly the ½ added.</summary>
    private bool IsShown(ClusterSummary row) => row.Estimand == SummaryEstimand.Marginal || summaries.LargestSize >= fewestRows;

    /// <summary>The tests of a difference: by t, and by the assignments that could have been made.</summary>
    private void Tests(TextTable table, List<ClusterSummary> rows)
    {
        var degrees = several ? ", " + string.Join(" and ", rows.Select(Degrees).Distinct()) : string.Empty;
        if (context.Output.Verbose)
        {
            table.Row([$"  pooled{degrees}", .. Cells(rows, row => Test(row, row.PooledError))]);
            table.Row([$"  HC2{degrees}", .. Cells(rows, row => Test(row, row.RobustError))]);
        }
        else
        {
            table.Row([$"  test{degrees}", .. Cells(rows, row => Test(row, row.Inference.StandardError)
                + (row.Weighting == ClusterWeighting.Cluster ? " (pooled)" : " (HC2)"))]);
        }

        var own = summaries.Permutations.Where(test => test.Treated == rows[0].Treated).ToList();
        if (own.Count > 0)
        {
            table.Row([
                $"  {(own[0].IsExact ? "all " : string.Empty)}{Figures.Counted(own[0].Replicates, "assignment")}",
                .. Cells(weighting => "p " + Figures.ProbabilityRelation(own.First(test => test.Weighting == weighting).PValue)),
            ]);
        }
    }

    private void SizeTests()
    {
        if (summaries.Estimates.Count > 0)
        {
            WriteLine(string.Empty);
        }

        WriteLine($"  Does it matter how many rows a {trial.Unit} has?");
        var width = summaries.SizeTests.Max(test => test.Name.Length);
        foreach (var test in summaries.SizeTests)
        {
            WriteLine($"    {test.Name.PadRight(width)}  {Statistic(test)}, p {Figures.ProbabilityRelation(test.PValue)}");
        }
    }

    private void WriteLine(string text) => context.Console.WriteLine(text);

    private string[] Cells(Func<ClusterWeighting, string> cell) => [.. weightings.Select(cell)];

    private string Suffix(string treated) => several ? ", " + treated : string.Empty;

    /// <summary>A cell for each weighting; a dash where the means of one have no such measure, as those of the other may have.</summary>
    private string[] Cells(IEnumerable<ClusterSummary> rows, Func<ClusterSummary, string> cell) =>
        Cells(weighting => rows.FirstOrDefault(row => row.Weighting == weighting) is { } own ? cell(own) : "\u2013");

    private static string Degrees(ClusterSummary row) =>
        row.Inference.DegreesOfFreedom is { } df ? $"t, {Figures.Fixed(df, df % 1 == 0 ? 0 : 1)} df" : "normal";

    private string Name(ClusterSummary row)
    {
        var name = !row.Measure.IsLogarithm ? proportions ? "risk difference" : "difference"
            : proportions ? row.Measure.Name : "ratio";
        return char.ToUpperInvariant(name[0]) + name[1..]
            + (row.Estimand == SummaryEstimand.ClusterSpecific ? $" in a {trial.Unit}" : string.Empty);
    }

    private string Mean(double mean) => proportions ? Figures.Percent(mean) : Figures.Significant(mean);

    private string Interval(ClusterSummary summary)
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

    private static string Test(ClusterSummary row, double? error)
    {
        var test = Coefficient.Wald(row.Scale, row.Inference.Estimate, error ?? double.NaN, row.Inference.DegreesOfFreedom);
        return $"{Figures.Fixed(test.Statistic, 2)}, p {Figures.ProbabilityRelation(test.PValue)}";
    }

    private static string Statistic(SizeTest test) => test.NumeratorDegreesOfFreedom is { } rank
        ? $"F({Figures.Count(rank)}, {Figures.Fixed(test.DegreesOfFreedom ?? double.NaN, 0)}) = {Figures.Fixed(test.Statistic, 2)}"
        : test.DegreesOfFreedom is { } df ? $"t({Figures.Fixed(df, 0)}) = {Figures.Fixed(test.Statistic, 2)}"
        : $"t = {Figures.Fixed(test.Statistic, 2)}";

    private void Note(string text)
    {
        var lead = "  \u00B7 ";
        foreach (var line in PlainWrap.Lines(text, context.Width - lead.Length, context.Width - lead.Length))
        {
            WriteLine(lead + line);
            lead = "    ";
        }
    }
}
