using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The summary of a study for people: one table a group of scenarios that differ in the last factor only.</summary>
internal static class SimulateCommandTable
{
    /// <summary>Writes the tables, the counts of what went wrong, and where the files are.</summary>
    /// <param name="result">The result.</param>
    /// <param name="written">Where the files are; null for nowhere.</param>
    /// <param name="console">Where to.</param>
    /// <param name="common">Whether to show the measures where every method converged as well.</param>
    public static void Write(StudyResult result, string? written, IAnsiConsole console, bool common = false)
    {
        var study = result.Study;
        console.WriteLine(
            $"{study.Name}: {Size(study)}, seed {study.Seed}");
        console.WriteLine("Monte Carlo standard errors in brackets.");
        SimulateCommandMeasure[] measures = [.. SimulateCommandMeasure.All.Where(measure => study.Measures.Contains(measure.Name))];
        PerformanceTables.Write(result.ToTable(), measures, console);
        if (common)
        {
            console.WriteLine();
            Common(result, measures, console);
        }

        Counts(result, console);
        StopsOutput.Table(result, console);
        Truths(result, console);
        if (written is not null)
        {
            console.WriteLine($"Written to {written}: replicates.csv, summary.csv, summary.json, manifest.json");
        }
    }

    /// <summary>The measures over the replicates on which every method converged, if those are not all.</summary>
    private static void Common(StudyResult result, IReadOnlyList<SimulateCommandMeasure> measures, IAnsiConsole console)
    {
        var some = Count(scenario => scenario.WhereAllConverged[0].Converged);
        var all = Count(scenario => scenario.Performance[0].Attempted);
        if (some == all)
        {
            console.WriteLine("Every method converged on every replicate: over those the measures are the same.");
            return;
        }

        console.WriteLine($"Over the replicates on which every method converged ({Figures.Count(some)} of {Figures.Count(all)}):");
        PerformanceTables.Write(result.ToTableWhereAllConverged(), measures, console);

        long Count(Func<ScenarioResult, long> of) => result.Scenarios.Sum(of);
    }

    /// <summary>How large a study is: <c>15 scenarios × 2,000 replicates × 3 methods</c>.</summary>
    public static string Size(Study study) =>
        $"{Figures.Counted(study.Scenarios.Count, "scenario")} \u00D7 {(study.Until is null ? string.Empty : "up to ")}"
            + $"{Figures.Counted(study.Replicates, "replicate")} \u00D7 "
            + $"{Figures.Counted(study.Methods.Count, "method")}";

    private static string Shown(Scenario scenario, string factor) =>
        PerformanceTables.Shown(scenario.Setting(factor));

    private static void Counts(StudyResult result, IAnsiConsole console)
    {
        var rows = result.Scenarios.SelectMany(scenario => scenario.Performance.Select(row => (scenario.Scenario, Row: row))).ToArray();
        console.WriteLine();
        var attempted = rows.Sum(entry => (long)entry.Row.Attempted);
        var converged = rows.Sum(entry => (long)entry.Row.Converged);
        console.WriteLine(
            $"Fits: {Figures.Count(attempted)} attempted, {Figures.Count(converged)} converged "
                + $"({Figures.Count(rows.Sum(entry => (long)entry.Row.Warned))} of them with a warning), "
            + $"{Figures.Count(rows.Sum(entry => (long)entry.Row.Failed))} failed.");
        var notable = rows.Where(entry => entry.Row.Failed > 0 || entry.Row.Warned > 0).ToArray();
        if (notable.Length == 0)
        {
            return;
        }

        var table = new TextTable("scenario, method", ">attempted", ">converged", ">warned", ">failed");
        foreach (var (scenario, row) in notable)
        {
            table.Row(
                $"{Label(scenario)} {row.Method}".Trim(),
                Figures.Count(row.Attempted),
                Figures.Count(row.Converged),
                Figures.Count(row.Warned),
                Figures.Count(row.Failed));
        }

        table.WriteTo(console);
    }

    /// <summary>What tells a scenario from the others, in short; empty in a study of one.</summary>
    public static string Label(Scenario scenario) =>
        string.Join(", ", scenario.Factors.Select(factor => $"{factor} {Shown(scenario, factor)}"));

    private static void Truths(StudyResult result, IAnsiConsole console)
    {
        console.WriteLine();
        foreach (var row in result.Scenarios[0].Performance.DistinctBy(row => row.Target.Name))
        {
            var methods = result.Scenarios[0].Performance
                .Where(other => other.Target.Name == row.Target.Name)
                .Select(other => other.Method);
            console.WriteLine($"Truth of {string.Join(", ", methods)}: {row.Target.Description} "
                + $"({(row.TruthLabel.Length == 0 ? "not known" : row.TruthLabel)})");
        }

        if (TruthKinds.Sentence(result.Scenarios[0].Performance.Select(row => row.TruthLabel)) is { Length: > 0 } kinds)
        {
            console.WriteLine(kinds);
        }
    }
}
