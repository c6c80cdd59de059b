using System.CommandLine;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Simulation;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Commands;

/// <summary><c>margcond simulate</c>: runs a simulation study.</summary>
internal sealed class SimulateCommand : ICommandDefinition
{
    private readonly Argument<string> file = new("STUDY.yaml") { Description = "The study: aims, data-generating mechanisms, estimands, methods, performance measures." };
    private readonly Option<int?> replicates = new("--replicates") { Description = "Replicates a scenario, instead of the study's; more of them contain the fewer.", HelpName = "N" };
    private readonly Option<ulong?> seed = new("--seed") { Description = "The seed, instead of the study's.", HelpName = "S" };
    private readonly Option<string?> folder = new("--out") { Description = "A folder for replicates.csv, summary.csv, summary.json and manifest.json.", HelpName = "DIR" };
    private readonly Option<string> format = Choice.Option("--format", "Form of the summary on stdout.", "table", "json", "csv");
    private readonly Option<int> threads = new("--threads") { Description = "Threads to use, 0 for all; no result depends on it.", HelpName = "N", DefaultValueFactory = _ => 0 };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("simulate", "Simulation study: bias, precision and coverage of every method, with Monte Carlo errors.")
        {
            Example = "margcond simulate simulations/noncollapsibility/study.yaml --replicates 50",
        };
        command.Arguments.Add(file);
        command.AddGroup("Study", replicates, seed);
        command.AddGroup("Output", folder, format, threads);
        replicates.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 10_000_000)
            {
                result.AddError("--replicates has to be from 1 to 10,000,000.");
            }
        });
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError("--threads has to be 0 (all processors) or more.");
            }
        });
        runner.Handle(command, output: null, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var path = parse.GetRequiredValue(file);
        var study = StudyReader.Read(path);
        study = study with
        {
            Replicates = parse.GetValue(replicates) ?? study.Replicates,
            Seed = parse.GetValue(seed) ?? study.Seed,
        };
        var files = parse.GetValue(folder) is { } name ? SimulateCommandFiles.Prepare(name) : null;
        var options = new SimulationOptions { Threads = parse.GetValue(threads), Cancellation = context.Cancellation };
        var result = SimulateCommandProgress.Run(study, options, context);
        files?.Write(result, path);
        Write(result, parse.GetValue(format), files?.Folder, context);
        Remark(result, context);
        return result.Complete ? ExitCode.Success : ExitCode.Interrupted;
    }

    private static void Write(StudyResult result, string? form, string? written, CommandContext context)
    {
        switch (form)
        {
            case "json":
                context.Text.Write(SimulateCommandSummary.Json(result));
                break;
            case "csv":
                context.Text.Write(SimulateCommandSummary.Csv(result));
                break;
            default:
                SimulateCommandTable.Write(result, written, context.Console);
                break;
        }
    }

    private static void Remark(StudyResult result, CommandContext context)
    {
        if (!result.Complete)
        {
            context.Warn("The study was interrupted: the figures are of the replicates that were finished.");
        }

        foreach (var (message, count) in result.Failures.OrderByDescending(failure => failure.Value).ThenBy(failure => failure.Key, StringComparer.Ordinal).Take(5))
        {
            context.Warn(FormattableString.Invariant($"{count} fits ended with an error and count as failed: {message}"));
        }
    }
}
