using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;

namespace MarginalConditional.Cli.Commands;

/// <summary>The results of a study as text for programs: CSV and JSON.</summary>
internal static class SimulateCommandSummary
{
    /// <summary>One row a scenario and method.</summary>
    public static string Csv(StudyResult result)
    {
        var factors = result.Study.Scenarios[0].Factors;
        var csv = new CsvResult(
        [
            "scenario", .. factors, "method", "estimand", "truth_kind", "truth", "attempted", "converged", "warned", "failed",
            .. SimulateCommandMeasure.All.SelectMany(measure => new[] { Snake(measure.Name), Snake(measure.Name) + "_mcse" }),
        ]);
        foreach (var scenario in result.Scenarios)
        {
            foreach (var row in scenario.Performance)
            {
                csv.Row(
                [
                    scenario.Scenario.Number, .. factors.Select(factor => (object)scenario.Scenario.Settings[factor]), row.Method, row.Estimand, row.TruthLabel, row.Truth,
                    row.Attempted, row.Converged, row.Warned, row.Failed,
                    .. SimulateCommandMeasure.All.SelectMany(measure => new object[] { measure.Of(row).Value, measure.Of(row).MonteCarloError }),
                ]);
            }
        }

        return csv.ToString();
    }

    /// <summary>One row a scenario, replicate and method; replicates that were not run are left out.</summary>
    public static string Replicates(StudyResult result)
    {
        var csv = new CsvResult("scenario", "replicate", "method", "estimand", "estimate", "se", "df", "outcome");
        foreach (var scenario in result.Scenarios)
        {
            for (var replicate = 0; replicate < result.Study.Replicates; replicate++)
            {
                for (var m = 0; m < result.Study.Methods.Count; m++)
                {
                    var estimate = scenario.Estimates(m)[replicate];
                    if (estimate.Outcome != EstimateOutcome.NotRun)
                    {
                        csv.Row(
                            scenario.Scenario.Number, replicate + 1, result.Study.Methods[m].Name, result.Study.Methods[m].Estimand.Name,
                            estimate.Value, estimate.StandardError, estimate.DegreesOfFreedom, OutcomeText(estimate.Outcome));
                    }
                }
            }
        }

        return csv.ToString();
    }

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
            json.Objects("methods", scenario.Performance, row =>
            {
                json.Text("method", row.Method);
                json.Text("estimand", row.Estimand);
                json.Text("truthKind", row.TruthLabel);
                json.Number("truth", row.Truth);
                json.Integer("attempted", row.Attempted);
                json.Integer("converged", row.Converged);
                json.Integer("warned", row.Warned);
                json.Integer("failed", row.Failed);
                foreach (var measure in SimulateCommandMeasure.All)
                {
                    var (value, error) = measure.Of(row);
                    json.Object(Camel(measure.Name), () =>
                    {
                        json.Number("value", double.IsFinite(value) ? value : null);
                        json.Number("mcse", double.IsFinite(error) ? error : null);
                    });
                }
            });
        });
        return json.Complete([.. result.Failures.Select(failure => FormattableString.Invariant($"{failure.Value} fits failed: {failure.Key}"))]);
    }

    private static string OutcomeText(EstimateOutcome outcome) => outcome switch
    {
        EstimateOutcome.Converged => "converged",
        EstimateOutcome.Warned => "warned",
        _ => "failed",
    };

    private static string Snake(string name) => name.Replace('-', '_');

    private static string Camel(string name) =>
        string.Concat(name.Split('-').Select((part, k) => k == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
}
