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
    /// <summary>What is asked for.</summary>
    private string Goal => FindsEffect ? "effect" : Clusters is null ? "clusters" : "power";

    /// <summary>An object <c>simulated</c>.</summary>
    public void Json(JsonResult json) => json.Object("simulated", () =>
    {
        json.Text("goal", Goal);
        json.Number("wanted", Options.Power);
        json.Integer("replicates", Options.Trials);
        json.Text("seed", Options.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.Number("alpha", Options.Alpha);
        json.Objects("estimands", Answers, answer =>
        {
            json.Text("estimand", answer.Estimand.Name);
            json.Text("description", answer.Estimand.Description);
            json.Number("effect", double.IsFinite(answer.Effect) ? answer.Effect : null);
            if (Goal != "power")
            {
                json.Number(Needed, answer.Needed);
                json.Number("atLeast", answer.AtLeast);
                json.Number("atMost", answer.AtMost);
            }

            json.Integer("clustersDrawn", answer.Power.Clusters);
            json.Number("power", answer.Power.Estimate);
            json.Number("mcse", answer.Power.Error);
            json.Number("lower", answer.Power.Lower);
            json.Number("upper", answer.Power.Upper);
            json.Integer("trials", answer.Power.Total);
            json.Integer("failed", answer.Power.Failed);
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
                answer.Estimand.Name, answer.Effect, answer.Needed, Goal == "power" ? null : answer.AtLeast, answer.AtMost,
                answer.Power.Clusters, answer.Power.Estimate, answer.Power.Error, answer.Power.Lower, answer.Power.Upper,
                answer.Power.Total, answer.Power.Failed);
        }

        return csv;
    }

    /// <summary>The table.</summary>
    public void Table(IAnsiConsole console)
    {
        console.WriteLine();
        console.WriteLine($"Drawn: {Title()}, at most {Figures.Count(Options.Trials)} trials each, seed {Options.Seed}");
        console.WriteLine();
        var table = new TextTable([
            "Estimand", ">Effect",
            .. Goal == "power" ? Array.Empty<string>() : [FindsEffect ? ">Times planned" : ">Clusters", $">{Sure} sure"],
            ">Power", .. Formulas.Count > 0 && !FindsEffect ? [">By formula"] : Array.Empty<string>(),
        ]);
        foreach (var answer in Answers)
        {
            table.Row([
                answer.Estimand.Name, Effect(answer),
                .. Goal == "power" ? Array.Empty<string>() : [Number(answer.Needed), $"{Number(answer.AtLeast)}\u2013{End(answer)}"],
                $"{Figures.Fixed(100 * answer.Power.Estimate, 1)} % ({Figures.Fixed(100 * answer.Power.Error, 1)})",
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

    private string Needed => FindsEffect ? "factorNeeded" : "clustersNeeded";

    private string Sure => FormattableString.Invariant($"{100 * (1 - Options.Alpha):0.##} %");

    private string Title() => Goal switch
    {
        "effect" => $"the least effect with {Figures.Percent(Options.Power)} power in {Figures.Counted(Clusters ?? 0, "cluster")}",
        "power" => $"the power of {Figures.Counted(Clusters ?? 0, "cluster")}",
        _ => $"clusters for {Figures.Percent(Options.Power)} power",
    };

    private string Effect(SimulatedAnswer answer) => double.IsNaN(answer.Effect) ? "by kind"
        : answer.Estimand == PlannedEstimand.Patient ? $"OR {Figures.Significant(Math.Exp(answer.Effect))}"
        : answer.Estimand == PlannedEstimand.PatientRate ? $"RR {Figures.Significant(Math.Exp(answer.Effect))}"
        : Figures.Significant(answer.Effect);

    private string End(SimulatedAnswer answer) => answer.AtMost is { } end ? Number(end) : string.Empty;

    private string Number(double? value) => value is not { } number ? "\u2013"
        : FindsEffect ? Figures.Fixed(number, 3)
        : Figures.Count((long)number);

    private string Formula(SimulatedAnswer answer) => !Formulas.TryGetValue(answer.Estimand, out var plan) ? "\u2013"
        : Clusters is { } count ? Figures.Percent(plan.Power(count))
        : plan.Clusters(Options.Power) is { } needed ? Figures.Count(needed)
        : "\u2013";
}
