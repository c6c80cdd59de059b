using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>The results of a study as text for programs: CSV and JSON.</summary>
internal static class SimulateCommandSummary
{
    /// <summary>One row a scenario and method.</summary>
    public static ResultTable Csv(StudyResult result)
    {
        var factors = result.Study.Scenarios[0].Factors;
        var csv = new ResultTable(
        [
            "scenario", .. factors, "method", "estimand", "truth_kind", "truth", "attempted", "converged", "warned", "failed",
            .. SimulateCommandMeasure.All.SelectMany(measure => new[] { Snake(measure.Name), Snake(measure.Name) + "_mcse" }),
            "converged_by_all",
            .. SimulateCommandMeasure.All.SelectMany(measure => new[]
            {
                Snake(measure.Name) + "_by_all", Snake(measure.Name) + "_by_all_mcse",
            }),
            .. StopsOutput.Headings(result.Study),
        ]);
        foreach (var scenario in result.Scenarios)
        {
            foreach (var (row, common) in scenario.Performance.Zip(scenario.WhereAllConverged))
            {
                csv.Row(
                [
                    scenario.Scenario.Number,
                    .. factors.Select(factor => (object)scenario.Scenario.Setting(factor)),
                    row.Method,
                    row.Target.Name,
                    row.TruthLabel,
                    row.Truth,
                    row.Attempted, row.Converged, row.Warned, row.Failed,
                    .. Measures(row),
                    common.Converged,
                    .. Measures(common),
                    .. StopsOutput.Fields(scenario),
                ]);
            }
        }

        return csv;
    }

    /// <summary>Writes the summary in the format asked for.</summary>
    /// <param name="result">The result.</param>
    /// <param name="format">Table, JSON or CSV.</param>
    /// <param name="folder">Where the files are; null for nowhere.</param>
    /// <param name="context">Where to.</param>
    /// <param name="common">Whether tables also show the measures where every method converged; JSON and CSV always do.</param>
    public static void Write(StudyResult result, OutputFormat format, string? folder, CommandContext context, bool common = false) =>
        ResultWriter.Write(
            context,
            format,
            () => Json(result),
            () => Csv(result),
            () => SimulateCommandTable.Write(result, folder, context.Console, common));

    /// <summary>The summary as one object.</summary>
    public static string Json(StudyResult result)
    {
        using var json = new JsonResult();
        var study = result.Study;
        json.Text("command", "simulate");
        json.Text("study", study.Name);
        json.Text("aims", study.Aims);
        json.Text("seed", study.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.Integer("replicates", study.Replicates);
        StopsOutput.Rule(json, study.Until);
        json.Number("level", study.Level);
        json.Boolean("complete", result.Complete);
        json.Objects("scenarios", result.Scenarios, scenario =>
        {
            json.Integer("scenario", scenario.Scenario.Number);
            json.Text("hash", scenario.Scenario.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture));
            json.Object("settings", () =>
            {
                foreach (var (name, value) in scenario.Scenario.Settings)
                {
                    json.Text(name, value);
                }
            });
            StopsOutput.Stop(json, study, scenario);
            json.Objects("methods", scenario.Performance.Zip(scenario.WhereAllConverged), pair =>
            {
                var (row, common) = pair;
                Method(json, row);
                json.Object("whereAllConverged", () =>
                {
                    json.Integer("replicates", common.Converged);
                    Measures(json, common);
                });
            });
        });
        return json.Complete([.. result.Failures.Select(failure => $"{Figures.Counted(failure.Count, "fit")} failed: {failure.Message}")]);
    }

    /// <summary>What a method estimates, how its fits ended, and every measure of it, as members of an object.</summary>
    public static void Method(JsonResult json, MethodPerformance row)
    {
        json.Text("method", row.Method);
        json.Text("estimand", row.Target.Name);
        json.Text("truthKind", row.TruthLabel);
        json.Number("truth", row.Truth);
        json.Integer("attempted", row.Attempted);
        json.Integer("converged", row.Converged);
        json.Integer("warned", row.Warned);
        json.Integer("failed", row.Failed);
        Measures(json, row);
    }

    /// <summary>A measure's name as CSV writes it.</summary>
    public static string Snake(string name) => name.Replace('-', '_');

    /// <summary>A measure's name as JSON writes it.</summary>
    public static string Camel(string name) =>
        string.Concat(name.Split('-').Select((part, k) => k == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    /// <summary>Every measure and its error, in the order of the headings.</summary>
    private static IEnumerable<object> Measures(MethodPerformance row) => SimulateCommandMeasure.All.SelectMany(measure => new object[]
    {
        measure.Of(row).Value,
        measure.Of(row).MonteCarloError,
    });

    /// <summary>Every measure as an object of value and error.</summary>
    private static void Measures(JsonResult json, MethodPerformance row)
    {
        foreach (var measure in SimulateCommandMeasure.All)
        {
            var (value, error) = measure.Of(row);
            json.Object(Camel(measure.Name), () =>
            {
                json.Number("value", double.IsFinite(value) ? value : null);
                json.Number("mcse", double.IsFinite(error) ? error : null);
            });
        }
    }
}
