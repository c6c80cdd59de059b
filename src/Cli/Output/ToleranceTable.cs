using System.Globalization;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>The thresholds that decided something about a result: what <c>--verbose</c> adds to it.</summary>
internal static class ToleranceTable
{
    /// <summary>Writes the table; nothing without tolerances.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="tolerances">Those in force.</param>
    /// <param name="heading">The heading of the first column, which says whose they are.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<Tolerance> tolerances, string heading = "Tolerance")
    {
        if (tolerances.Count == 0)
        {
            return;
        }

        var table = new TextTable(heading, ">Value", "What it decides");
        foreach (var tolerance in tolerances)
        {
            table.Row(tolerance.Name, Shown(tolerance.Value), tolerance.Meaning);
        }

        console.WriteLine();
        table.WriteTo(console);
    }

    /// <summary>A threshold as it is written in a sentence: 0.05, 40, 1e-8.</summary>
    private static string Shown(double value) =>
        value.ToString(Math.Abs(value) is (> 0 and < 1e-3) or >= 1e6 ? "0.###e-0" : "0.######", CultureInfo.InvariantCulture);
}
