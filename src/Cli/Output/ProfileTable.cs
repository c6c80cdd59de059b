using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>The table of profile-likelihood intervals.</summary>
internal static class ProfileTable
{
    /// <summary>Writes it; each row has the decimals that suit the width of its interval.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="heading">The heading of the first column.</param>
    /// <param name="level">The intervals' level.</param>
    /// <param name="rows">What each interval is of, the estimate, and the limits.</param>
    public static void Write(
        IAnsiConsole console,
        string heading,
        double level,
        IEnumerable<(string Label, double Estimate, double Lower, double Upper)> rows)
    {
        var table = new TextTable(heading, ">Estimate", ">" + Figures.IntervalHeading(level));
        foreach (var (label, estimate, lower, upper) in rows)
        {
            // A quarter of an interval is about a standard error.
            var size = (upper - lower) / 4;
            table.Row(
                label,
                Figures.Estimate(estimate, size),
                Figures.Interval(Figures.Estimate(lower, size), Figures.Estimate(upper, size)));
        }

        console.WriteLine();
        table.WriteTo(console);
    }
}
