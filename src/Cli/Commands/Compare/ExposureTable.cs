using MarginalConditional.Cli.Output;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The effect at each time since clusters began treatment, and their average, on 80 columns.</summary>
internal static class ExposureTable
{
    /// <summary>Writes the section; nothing where no exposures were named.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="comparison">The comparison.</param>
    /// <param name="verbose">Whether all scales and both weightings are shown.</param>
    public static void Write(IAnsiConsole console, ModelComparison comparison, bool verbose)
    {
        if (comparison.Exposures is not { } analysis)
        {
            return;
        }

        var title = $"Effect on {comparison.Frame.ResponseName} by time since a {comparison.Options.Trial.Unit} began ({analysis.Column})";
        console.Write(new Text(title + "\n\n", new Style(decoration: Decoration.Bold)));
        foreach (var group in analysis.Estimates.GroupBy(row => (row.Weighting, row.Scale)))
        {
            if (verbose || (group.Key.Weighting == ClusterWeighting.Participant && OverTimeCells.IsShown(comparison, group.Key.Scale)))
            {
                Table(console, comparison, analysis, [.. group]);
                console.WriteLine();
            }
        }

        OverTimeCells.Paragraph(console, $"Each effect is against {analysis.Column} {analysis.None}, among the rows seen at "
            + "that exposure, all else as it was; the average counts every exposure alike. "
            + OverTimeCells.Errors(analysis.Estimates[0].Inference, analysis.Estimates[0].StandardErrorType, comparison));
        console.WriteLine();
    }

    private static void Table(
        IAnsiConsole console, ModelComparison comparison, ExposureAnalysis analysis, IReadOnlyList<ExposureEstimate> rows)
    {
        List<string> methods = [.. rows.Select(row => row.Method).Distinct()];
        var scale = rows[0].Scale;
        var among = rows[0].Weighting == ClusterWeighting.Participant ? string.Empty : $", {comparison.Options.Trial.Units} alike";
        var table = new TextTable([
            $"{OverTimeCells.Name(scale)} by {analysis.Column}{among}", .. methods.Select(method => ">" + method)]);
        foreach (var (exposure, clusters) in analysis.Exposures)
        {
            var seen = clusters == 1 ? comparison.Options.Trial.Unit : comparison.Options.Trial.Units;
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
