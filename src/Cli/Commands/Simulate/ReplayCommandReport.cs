using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Studies;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>Shows what every method says about one replicate.</summary>
internal sealed class ReplayCommandReport
{
    private readonly Study study;
    private readonly int scenario;
    private readonly int replicate;
    private readonly (IEstimator Method, EffectEstimate Estimate, double Truth)[] rows;

    /// <summary>Sets estimates beside the truths.</summary>
    /// <param name="study">The study.</param>
    /// <param name="scenario">The scenario's number, from 1.</param>
    /// <param name="replicate">The replicate's number, from 1.</param>
    /// <param name="estimates">One a method of the study.</param>
    public ReplayCommandReport(Study study, int scenario, int replicate, IReadOnlyList<EffectEstimate> estimates)
    {
        this.study = study;
        this.scenario = scenario;
        this.replicate = replicate;
        var chosen = study.Scenarios[scenario - 1];
        rows = [.. study.Methods.Zip(estimates, (method, estimate) => (method, estimate, chosen.Truth(method.Target)))];
    }

    /// <summary>Writes them in the format asked for.</summary>
    public void Write(OutputFormat format, CommandContext context) =>
        ResultWriter.Write(context, format, Json, Csv, () => Table(context.Console));

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "replay");
        json.Text("study", study.Name);
        json.Integer("scenario", scenario);
        json.Integer("replicate", replicate);
        json.Objects("methods", rows, row =>
        {
            json.Text("method", row.Method.Name);
            json.Text("estimand", row.Method.Target.Name);
            json.Number("truth", row.Truth);
            json.Number("estimate", row.Estimate.Value);
            json.Number("se", row.Estimate.StandardError);
            json.Text("outcome", Outcome(row.Estimate));
        });
        return json.Complete([]);
    }

    private ResultTable Csv()
    {
        var csv = new ResultTable("method", "estimand", "truth", "estimate", "se", "outcome");
        foreach (var row in rows)
        {
            csv.Row(
                row.Method.Name, row.Method.Target.Name, row.Truth, row.Estimate.Value, row.Estimate.StandardError, Outcome(row.Estimate));
        }

        return csv;
    }

    private void Table(IAnsiConsole console)
    {
        var label = study.Scenarios[scenario - 1].Label;
        console.WriteLine(FormattableString.Invariant($"{study.Name}: scenario {scenario} ({label}), replicate {replicate}"));
        console.WriteLine();
        var table = new TextTable("method", "estimand", ">truth", ">estimate", ">SE", "outcome");
        foreach (var row in rows)
        {
            table.Row(
                row.Method.Name, row.Method.Target.Name, Figures.Fixed(row.Truth, 4), Figures.Fixed(row.Estimate.Value, 4),
                Figures.Fixed(row.Estimate.StandardError, 4), Outcome(row.Estimate));
        }

        table.WriteTo(console);
    }

    private static string Outcome(EffectEstimate estimate) => estimate.Outcome.ToString().ToLowerInvariant();
}
