using MarginalConditional.Compare.Simulation.Performance;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>What a table of performance comes to, in sentences.</summary>
internal static class PerformanceAnswer
{
    /// <summary>Bias and coverage at their extremes, and what failed.</summary>
    public static string Of(PerformanceTable table) => string.Join(
        ' ', new[] { Bias(table), Coverage(table), Failures(table) }.Where(sentence => sentence.Length > 0));

    private static string Bias(PerformanceTable table)
    {
        PerformanceCell[] known = [.. table.Cells.Where(cell => double.IsFinite(cell.Performance.Bias.MonteCarloError))];
        if (known.Length == 0)
        {
            return string.Empty;
        }

        var biased = known.Count(cell => cell.Performance.Bias.Interval() is var (lower, upper) && (lower > 0 || upper < 0));
        var worst = known.MaxBy(cell => Math.Abs(cell.Performance.Bias.Value))!;
        var bias = worst.Performance.Bias;
        return $"The Monte Carlo interval of the bias leaves out 0 in {Figures.Count(biased)} of {Counted(known.Length)} (by chance "
            + $"alone in about one of twenty); the largest is "
            + $"{Figures.Estimate(bias.Value, bias.MonteCarloError)} ({Name(worst)}).";
    }

    private static string Coverage(PerformanceTable table)
    {
        PerformanceCell[] known = [.. table.Cells.Where(cell => double.IsFinite(cell.Performance.Coverage.Value))];
        if (known.Length == 0)
        {
            return string.Empty;
        }

        var (least, most) = (known.MinBy(cell => cell.Performance.Coverage.Value)!, known.MaxBy(cell => cell.Performance.Coverage.Value)!);
        return known.Length == 1
            ? $"{Figures.Percent(least.Performance.Coverage.Value)} of the {Figures.Level(table.Level)} intervals cover the truth."
            : $"{Figures.Level(table.Level)} intervals cover the truth in {Figures.Percent(least.Performance.Coverage.Value)} "
                + $"({Name(least)}) to {Figures.Percent(most.Performance.Coverage.Value)} ({Name(most)}) of the replicates.";
    }

    private static string Failures(PerformanceTable table)
    {
        var (failed, attempted) = (table.Cells.Sum(cell => (long)cell.Performance.Failed), table.Cells.Sum(
            cell => (long)cell.Performance.Attempted));
        return failed == 0
            ? $"None of {Figures.Counted(attempted, "estimate")} failed."
            : $"{Figures.Count(failed)} of {Figures.Counted(attempted, "estimate")} failed.";
    }

    private static string Counted(int cells) => Figures.Counted(cells, "combination") + " of method and scenario";

    private static string Name(PerformanceCell cell) =>
        string.Join(", ", new[] { cell.MethodLabel, cell.Label }.Where(text => text.Length > 0)) is { Length: > 0 } name ? name : "all";
}
