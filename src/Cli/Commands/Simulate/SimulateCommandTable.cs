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
    public static void Write(StudyResult result, string? written, IAnsiConsole console)
    {
        var study = result.Study;
        console.WriteLine(
            $"{study.Name}: {Size(study)}, seed {study.Seed}");
        console.WriteLine("Monte Carlo standard errors in brackets.");
        PerformanceTables.Write(
            result.ToTable(), [.. SimulateCommandMeasure.All.Where(measure => study.Measures.Contains(measure.Name))], console);

        Counts(result, console);
        Truths(result, console);
        if (written is not null)
        {
            console.WriteLine($"Written to {written}: replicates.csv, summary.csv, summary.json, manifest.json");
        }
    }

    /// <summary>How large a study is: <c>15 scenarios × 2,000 replicates × 3 methods</c>.</summary>
    public static string Size(Study study) =>
        $"{Figures.Counted(study.Scenarios.Count, "scenario")} \u00D7 {Figures.Counted(study.Replicates, "replicate")} \u00D7 "
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

    private static string Label(Scenario scenario) =>
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
    }
}
