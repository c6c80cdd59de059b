using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Gee.Planning;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>What drawing a planned trial says: what each estimand needs, beside the formulas where there are any.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Options">How it was drawn and tested.</param>
/// <param name="Answers">One an estimand.</param>
/// <param name="Formulas">The formulas' plans of the estimands that have one.</param>
/// <param name="Clusters">The number of clusters given; null when it is what is asked for.</param>
/// <param name="FindsEffect">Whether the least effect is asked for.</param>
internal sealed record SimulatedPlanPart(
    PlannedClusters Trial, SimulatedPlanOptions Options, IReadOnlyList<SimulatedAnswer> Answers,
    IReadOnlyDictionary<PlannedEstimand, TrialPlan> Formulas, int? Clusters, bool FindsEffect)
{
    private PlanWords Words => new(Options, Clusters, FindsEffect);

    /// <summary>An object <c>simulated</c>.</summary>
    public void Json(JsonResult json) => json.Object("simulated", () =>
    {
        Words.Json(json);
        json.Objects("estimands", Answers, answer =>
        {
            json.Text("estimand", answer.Estimand.Name);
            json.Text("description", answer.Estimand.Description);
            json.Number("effect", double.IsFinite(answer.Effect) ? answer.Effect : null);
            Words.Json(json, answer.Needed, answer.AtLeast, answer.AtMost, answer.Power);
            if (!FindsEffect && Formulas.TryGetValue(answer.Estimand, out var plan))
            {
                json.Number("formula", Clusters is { } count ? plan.Power(count) : plan.Clusters(Options.Power) ?? double.NaN);
            }
        });
    });

    /// <summary>One row an estimand.</summary>
    public ResultTable Csv()
    {
        var csv = new ResultTable(
            "estimand", "effect", "needed", "at_least", "at_most", "clusters", "power", "mcse", "lower", "upper", "trials", "failed");
        foreach (var answer in Answers)
        {
            csv.Row(
                answer.Estimand.Name, answer.Effect, answer.Needed, Words.Goal == "power" ? null : answer.AtLeast, answer.AtMost,
                answer.Power.Clusters, answer.Power.Estimate, answer.Power.Error, answer.Power.Lower, answer.Power.Upper,
                answer.Power.Total, answer.Power.Failed);
        }

        return csv;
    }

    /// <summary>The table.</summary>
    public void Table(IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine($"Drawn: {Words.Title}, at most {Figures.Count(Options.Trials)} trials each, seed {Options.Seed}");
        console.WriteLine();
        var table = new TextTable([
            "Estimand", ">Effect",
            .. Words.Columns, ">Power", .. Formulas.Count > 0 && !FindsEffect ? [">By formula"] : Array.Empty<string>(),
        ]);
        foreach (var answer in Answers)
        {
            table.Row([
                answer.Estimand.Name, Effect(answer),
                .. Words.Cells(answer.Needed, answer.AtLeast, answer.AtMost),
                PlanWords.Power(answer.Power),
                .. Formulas.Count > 0 && !FindsEffect ? [Formula(answer)] : Array.Empty<string>(),
            ]);
        }

        table.WriteTo(console);
        foreach (var answer in Answers)
        {
            console.WriteLine($"{answer.Estimand.Name}: {answer.Estimand.Description}"
                + (answer.Power.Failed > 0
                    ? $"; {Figures.Count(answer.Power.Failed)} of {Figures.Count(answer.Power.Total + answer.Power.Failed)} failed"
                    : string.Empty));
        }
    }

    private string Effect(SimulatedAnswer answer) => double.IsNaN(answer.Effect) ? "by kind"
        : answer.Estimand == PlannedEstimand.Patient ? $"OR {Figures.Significant(Math.Exp(answer.Effect))}"
        : answer.Estimand == PlannedEstimand.PatientRate ? $"RR {Figures.Significant(Math.Exp(answer.Effect))}"
        : Figures.Significant(answer.Effect);

    private string Formula(SimulatedAnswer answer) => !Formulas.TryGetValue(answer.Estimand, out var plan) ? "\u2013"
        : Clusters is { } count ? Figures.Percent(plan.Power(count))
        : plan.Clusters(Options.Power) is { } needed ? Figures.Count(needed)
        : "\u2013";
}
