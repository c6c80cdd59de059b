using System.Globalization;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Statistics.Inference;
using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>The thresholds that decided something about a result: what <c>--verbose</c> adds to it.</summary>
internal static class ToleranceList
{
    private const int NarrowestMeaning = 16;

    /// <summary>Writes name, value and meaning of each, under a heading; nothing without tolerances.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="tolerances">Those in force.</param>
    /// <param name="heading">Whose they are.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<Tolerance> tolerances, string heading = "Tolerances")
    {
        if (tolerances.Count == 0)
        {
            return;
        }

        var values = tolerances.Select(tolerance => Shown(tolerance.Value)).ToArray();
        var name = tolerances.Max(tolerance => tolerance.Name.Length);
        var value = values.Max(text => text.Length);
        console.WriteLine();
        console.WriteLine(heading);
        foreach (var (tolerance, text) in tolerances.Zip(values))
        {
            var lead = $"  {tolerance.Name.PadRight(name)}  {text.PadRight(value)}  ";
            var width = Math.Max(NarrowestMeaning, console.Profile.Width - lead.Length);
            foreach (var line in PlainWrap.Lines(tolerance.Meaning, width, width))
            {
                console.Write(new Text($"{lead}{line}\n"));
                lead = new string(' ', lead.Length);
            }
        }
    }

    /// <summary>A threshold as it is written in a sentence: 0.05, 40, 1e-8.</summary>
    private static string Shown(double value) =>
        value.ToString(Math.Abs(value) is (> 0 and < 1e-3) or >= 1e6 ? "0.###e-0" : "0.######", CultureInfo.InvariantCulture);
}
