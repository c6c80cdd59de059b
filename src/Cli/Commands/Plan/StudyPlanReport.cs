using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Planning.Simulated;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>Shows what each method of a planned study needs.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Options">How it was drawn.</param>
/// <param name="Answers">One a method.</param>
/// <param name="Clusters">The number of clusters given; null when it is what is asked for.</param>
/// <param name="FindsEffect">Whether the least effect is asked for.</param>
internal sealed record StudyPlanReport(
    PlannedStudy Trial, SimulatedPlanOptions Options, IReadOnlyList<StudyPlanAnswer> Answers, int? Clusters, bool FindsEffect)
{
    private PlanWords Words => new(Options, Clusters, FindsEffect);

    /// <summary>Writes it in the format asked for.</summary>
    public void Write(CommandContext context)
    {
        ResultWriter.Write(context, context.Output.Format, Json, Csv, () => Table(context));
        foreach (var answer in Answers.Where(answer => answer.Power.Total == 0))
        {
            context.Warn($"{answer.Method} could be fitted to none of the {Figures.Counted(answer.Power.Failed, "trial")} drawn.");
        }
    }

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "plan");
        json.Text("study", Trial.Study.Name);
        json.Object("simulated", () =>
        {
            Words.Json(json);
            json.Objects("methods", Answers, answer =>
            {
                json.Text("method", answer.Method);
                json.Text("estimand", answer.Target.Name);
                json.Text("description", answer.Target.Description);
                json.Number("effect", double.IsFinite(answer.Effect) ? answer.Effect : null);
                Words.Json(json, answer.Needed, answer.AtLeast, answer.AtMost, answer.Power);
            });
        });
        return json.Complete([]);
    }

    private ResultTable Csv()
    {
        var csv = new ResultTable(
            "method", "estimand", "effect", "needed", "at_least", "at_most", "clusters", "power", "mcse", "lower", "upper", "trials",
            "failed");
        foreach (var answer in Answers)
        {
            csv.Row(
                answer.Method, answer.Target.Name, answer.Effect, answer.Needed, Words.Goal == "power" ? null : answer.AtLeast,
                answer.AtMost, answer.Power.Clusters, answer.Power.Estimate, answer.Power.Error, answer.Power.Lower, answer.Power.Upper,
                answer.Power.Total, answer.Power.Failed);
        }

        return csv;
    }

    private void Table(CommandContext context)
    {
        var console = context.Console;
        console.WriteLine($"{Trial.Study.Name}: {Words.Title}");
        console.WriteLine($"Drawn at most {Figures.Count(Options.Trials)} trials each, seed {Options.Seed}");
        console.WriteLine();
        var table = new TextTable(["Method", ">Effect", .. Words.Columns, ">Power"]);
        foreach (var answer in Answers)
        {
            table.Row([
                answer.Method,
                double.IsFinite(answer.Effect) ? Figures.Significant(answer.Effect) : "\u2013",
                .. Words.Cells(answer.Needed, answer.AtLeast, answer.AtMost),
                PlanWords.Power(answer.Power),
            ]);
        }

        table.WriteTo(console);
        foreach (var group in Answers.GroupBy(answer => answer.Target.Name))
        {
            var failed = group.Where(answer => answer.Power.Failed > 0).Select(answer =>
                $"; {answer.Method} failed in {Figures.Count(answer.Power.Failed)} of "
                    + Figures.Count(answer.Power.Total + answer.Power.Failed));
            PlainWrap.Beside(
                console,
                string.Empty,
                $"Effect of {string.Join(", ", group.Select(answer => answer.Method))}: {group.First().Target.Description}"
                    + string.Concat(failed),
                context.Width);
        }
    }
}
