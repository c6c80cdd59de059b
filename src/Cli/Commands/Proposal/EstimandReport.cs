using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Errors;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Choices;
using MarginalConditional.Compare.Simulation.Running;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Proposal;

/// <summary>Shows what follows from the answers: estimand, command, plan, study, and how its estimators did.</summary>
internal sealed class EstimandReport
{
    private readonly EstimandProposal proposal;
    private readonly StudyResult? result;
    private readonly string? studyPath;
    private readonly string command;
    private readonly IReadOnlyList<string> plan;

    /// <summary>Prepares the report.</summary>
    /// <param name="proposal">What follows from the answers.</param>
    /// <param name="result">The study's result; null when it was not run.</param>
    /// <param name="studyPath">Where the study file was written; null when it was not.</param>
    public EstimandReport(EstimandProposal proposal, StudyResult? result, string? studyPath)
    {
        (this.proposal, this.result, this.studyPath) = (proposal, result, studyPath);
        command = ShellText.Of(["margcond", .. proposal.Analysis]);
        plan = result is null ? proposal.Plan : [.. proposal.Plan, proposal.Performance(result)];
    }

    /// <summary>Writes it in the format asked for.</summary>
    public void Write(CommandContext context)
    {
        ResultWriter.Write(context, context.Output.Format, Json, Csv, () => Table(context));
        foreach (var (message, count) in result?.Failures.Take(5) ?? [])
        {
            context.Warn($"{Figures.Counted(count, "fit")} ended with an error and counted as failed: {message}");
        }
    }

    private string Json()
    {
        using var json = new JsonResult();
        json.Text("command", "estimand");
        json.Object("estimand", () =>
        {
            json.Text("name", proposal.Statement.Name);
            json.Integer("rung", proposal.Choice.Rung);
            foreach (var (name, text) in proposal.Statement.Attributes)
            {
                json.Text(SimulateCommandSummary.Camel(char.ToLowerInvariant(name[0]) + name[1..].Replace(' ', '-')), text);
            }
        });
        json.Text("analysis", command);
        json.Texts("plan", plan);
        json.Text("study", proposal.StudyText);
        if (result is not null)
        {
            json.Objects("performance", result.Scenarios[0].Performance, row => SimulateCommandSummary.Method(json, row));
        }

        return json.Complete([]);
    }

    private ResultTable Csv()
    {
        if (result is not null)
        {
            return SimulateCommandSummary.Csv(result);
        }

        var csv = new ResultTable("part", "text");
        foreach (var (name, text) in proposal.Statement.Attributes)
        {
            csv.Row(name, text);
        }

        csv.Row("Analysis", command);
        foreach (var paragraph in plan)
        {
            csv.Row("Plan", paragraph);
        }

        return csv;
    }

    private void Table(CommandContext context)
    {
        StatementLines.Write(context, [proposal.Statement]);
        Heading(context, "Analysis");
        foreach (var line in ShellText.Lines(["margcond", .. proposal.Analysis], context.Width))
        {
            context.Console.WriteLine(line);
        }

        Heading(context, "Statistical analysis plan");
        foreach (var (paragraph, k) in plan.Select((text, k) => (text, k)))
        {
            if (k > 0)
            {
                context.Console.WriteLine();
            }

            PlainWrap.Beside(context.Console, "  ", paragraph, context.Width);
        }

        Heading(context, "Study of the trial at its own size");
        Study(context);
    }

    private void Study(CommandContext context)
    {
        if (result is null)
        {
            PlainWrap.Beside(
                context.Console,
                "  ",
                studyPath is null
                    ? "--study FILE.yaml writes it, --run runs it quickly: bias, coverage and power of each estimator."
                    : $"Written to {studyPath}. Run it by: {ShellText.Of(["margcond", "simulate", studyPath])}",
                context.Width);
            return;
        }

        var study = result.Study;
        context.Console.WriteLine($"  {SimulateCommandTable.Size(study)}, seed {study.Seed}");
        context.Console.WriteLine("  Monte Carlo standard errors in brackets; rejected is the power.");
        PerformanceTables.Write(
            result.ToTable(), [.. SimulateCommandMeasure.All.Where(measure => study.Measures.Contains(measure.Name))], context.Console);
        context.Console.WriteLine();
        foreach (var group in result.Scenarios[0].Performance.GroupBy(row => row.Target.Name))
        {
            PlainWrap.Beside(
                context.Console, "  ",
                $"Truth of {string.Join(", ", group.Select(row => row.Method))}: {group.First().Target.Description}.", context.Width);
        }

        if (studyPath is not null)
        {
            PlainWrap.Beside(
                context.Console,
                "  ",
                $"Written to {studyPath}. In full: {ShellText.Of(["margcond", "simulate", studyPath])}",
                context.Width);
        }
    }

    private static void Heading(CommandContext context, string text)
    {
        context.Console.WriteLine();
        context.Console.Write(new Text(text + "\n", new Style(decoration: Decoration.Bold)));
    }
}
