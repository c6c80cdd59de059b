using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>Shows the thresholds of an ordinal model: where they are, not whether they are 0, which says nothing.</summary>
internal static class ThresholdView
{
    /// <summary>Writes the table.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="rows">The thresholds.</param>
    /// <param name="level">Of the intervals.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<Coefficient> rows, double level)
    {
        var table = new TextTable("Threshold", ">Estimate", ">SE", ">" + Figures.IntervalHeading(level));
        foreach (var row in rows)
        {
            table.Row(
                row.Term,
                Figures.Estimate(row.Estimate, row.StandardError),
                Figures.Estimate(row.StandardError, row.StandardError),
                Figures.Interval(Figures.Estimate(row.Lower, row.StandardError), Figures.Estimate(row.Upper, row.StandardError)));
        }

        table.WriteTo(console);
    }
}
