using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Ordinal;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The effect at each time since clusters began treatment, and their average, on 80 columns.</summary>
internal static class ExposureTable
{
    /// <summary>Writes the section; nothing where no exposures were named.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="verbose">Whether all scales and both weightings are shown.</param>
    public static void Write(IAnsiConsole console, ModelComparison comparison, bool verbose) => Write(
        console,
        comparison.Exposures,
        comparison.Frame.ResponseName,
        comparison.Options.Trial,
        comparison.Options.Level,
        row => verbose || (row.Weighting == ClusterWeighting.Participant && OverTimeCells.IsShown(comparison, row.Scale)));

    /// <summary>The section of an ordered outcome.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="verbose">Whether both weightings are shown.</param>
    public static void Write(IAnsiConsole console, OrdinalComparison comparison, bool verbose) => Write(
        console,
        comparison.Exposures,
        comparison.Frame.ResponseName,
        comparison.Options.Trial,
        comparison.Options.Level,
        row => verbose || row.Weighting == ClusterWeighting.Participant);

    private static void Write(
        IAnsiConsole console,
        ExposureAnalysis? analysis,
        string response,
        TrialDescription trial,
        double level,
        Func<ExposureEstimate, bool> isShown)
    {
        if (analysis is null)
        {
            return;
        }

        var title = $"Effect on {response} by time since a {trial.Unit} began ({analysis.Column})";
        console.Write(new Text(title + "\n\n", new Style(decoration: Decoration.Bold)));
        foreach (var group in analysis.Estimates.Where(isShown).GroupBy(row => (row.Weighting, row.Scale)))
        {
            Table(console, trial, analysis, [.. group]);
            console.WriteLine();
        }

        OverTimeCells.Paragraph(console, $"Each effect is against {analysis.Column} {analysis.None}, among the rows seen at "
            + "that exposure, all else as it was; the average counts every exposure alike. "
            + OverTimeCells.Errors(analysis.Estimates[0].Inference, analysis.Estimates[0].StandardErrorType, level));
        console.WriteLine();
    }

    private static void Table(
        IAnsiConsole console, TrialDescription trial, ExposureAnalysis analysis, IReadOnlyList<ExposureEstimate> rows)
    {
        List<string> methods = [.. rows.Select(row => row.Method).Distinct()];
        var scale = rows[0].Scale;
        var among = rows[0].Weighting == ClusterWeighting.Participant ? string.Empty : $", {trial.Units} alike";
        var table = new TextTable([
            $"{OverTimeCells.Name(scale)} by {analysis.Column}{among}", .. methods.Select(method => ">" + method)]);
        foreach (var (exposure, clusters) in analysis.Exposures)
        {
            var seen = clusters == 1 ? trial.Unit : trial.Units;
            Row($"{analysis.Column} {exposure} ({clusters} {seen})", exposure);
        }

        if (analysis.Tests.Count > 0)
        {
            Row("averaged over exposures", null);
            table.Row(["  all equal?", .. methods.Select(method => OverTimeCells.Test(analysis.Tests.First(test =>
                test.Method == method && test.Weighting == rows[0].Weighting && test.Scale == scale).Test))]);
        }

        table.WriteTo(console);

        void Row(string label, string? exposure) => table.Row([label, .. methods.Select(method => OverTimeCells.Estimate(
            scale, rows.First(row => row.Method == method && row.Exposure == exposure).Inference))]);
    }
}
