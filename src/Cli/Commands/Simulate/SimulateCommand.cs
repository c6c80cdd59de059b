using System.CommandLine;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary><c>margcond simulate</c>: runs a simulation study.</summary>
internal sealed class SimulateCommand : ICommandDefinition
{
    private readonly Argument<string> file = new("STUDY.yaml")
    {
        Description = "The study: aims, data-generating mechanisms, estimands, methods, performance measures.",
    };
    private readonly Option<int?> replicates = new Option<int?>("--replicates")
    {
        Description = "Replicates a scenario, instead of the study's; more of them contain the fewer.",
        HelpName = "N",
    }
        .Require(count => count is >= 1 and <= 10_000_000, "has to be from 1 to 10,000,000");
    private readonly Option<ulong?> seed = new("--seed") { Description = "The seed, instead of the study's.", HelpName = "S" };
    private readonly Option<string?> folder = new("--out")
    {
        Description = "A folder for replicates.csv, summary.csv, summary.json and manifest.json.",
        HelpName = "DIR",
    };
    private readonly Option<string?> shard = new("--shard")
    {
        Description = "Run one part of the replicates, such as 2/8; margcond merge joins the parts.",
        HelpName = "i/n",
    };
    private readonly Option<bool> zeroBased = new("--zero-based") { Description = "Count the parts of --shard from 0." };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the run that was cut off in the folder of --out." };
    private readonly Option<bool> overwrite = new("--overwrite") { Description = "Replace the results that the folder of --out holds." };
    private readonly FormatOption format = new("Form of the summary on stdout.");
    private readonly Option<int> threads = OptionRule.Threads();
    private readonly PictureOptions pictures = new(PictureKinds.Simulate);

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "simulate",
            "Simulation study: bias, precision and coverage of every method, with Monte Carlo errors.")
        {
            Example = "margcond simulate simulations/noncollapsibility/study.yaml --replicates 50",
        };
        command.Arguments.Add(file);
        command.AddGroup("Study", replicates, seed);
        command.AddGroup("Large studies", shard, zeroBased, resume);
        command.AddGroup("Output", folder, overwrite, format.Option, threads);
        pictures.AddTo(command, report: false);
        command.Check(result =>
        {
            if (result.GetValue(shard) is { } text && !Shard.TryParse(text, result.GetValue(zeroBased), out _))
            {
                result.AddError($"--shard is \"{text}\"; it has to be a part and the number of parts, such as 2/8.");
            }

            if (result.GetValue(resume) && result.GetValue(folder) is null)
            {
                result.AddError("--resume needs --out, the folder of the run to go on with.");
            }

            if (result.GetValue(overwrite) && (result.GetValue(resume) || result.GetValue(folder) is null))
            {
                result.AddError(result.GetValue(resume)
                    ? "--overwrite loses the run that --resume goes on with: say one of them."
                    : "--overwrite needs --out, the folder whose results are to be replaced.");
            }

            if (result.GetValue(zeroBased) && result.GetValue(shard) is null)
            {
                result.AddError("--zero-based needs --shard, whose parts it counts.");
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
        var estimates = new StudyEstimates(study);
        var part = Shard.TryParse(parse.GetValue(shard), parse.GetValue(zeroBased), out var chosen) ? chosen : Shard.Whole;
        var manifest = new SimulateCommandManifest
        {
            StudyHash = FileHash.Of(path),
            Seed = study.Seed,
            Replicates = study.Replicates,
            Shard = part,
            Commands = StudyCommands.Versions(study),
        };
        using var files = parse.GetValue(folder) is { } name
            ? SimulateCommandFiles.Open(name, path, estimates, manifest, UseOf(parse))
            : null;
        RemarkOnEarlier(files, context);
        var options = new SimulationOptions
        {
            Threads = parse.GetValue(threads),
            Shard = part,
            Known = estimates,
            Finished = files is null ? null : files.Append,
            Cancellation = context.Cancellation,
        };
        var result = SimulateCommandProgress.Run(study, options, context);
        files?.Finish(result);
        SimulateCommandSummary.Write(result, format.Read(parse), files?.Folder, context);
        PictureFiles.Write(context, pictures.Places(parse), pictures.Drawing(parse), SimulatePictures.Of(result));
        Remark(result, files is not null, context);
        return result.Complete ? ExitCode.Success : ExitCode.Interrupted;
    }

    private FolderUse UseOf(ParseResult parse) => parse.GetValue(resume) ? FolderUse.Resume
        : parse.GetValue(overwrite) ? FolderUse.Overwrite
        : FolderUse.New;

    /// <summary>What a run that goes on found of the run before.</summary>
    private static void RemarkOnEarlier(SimulateCommandFiles? files, CommandContext context)
    {
        if (files is { Kept: > 0 })
        {
            context.Note($"{Figures.Counted(files.Kept, "replicate")} of the run before {(files.Kept == 1 ? "is" : "are")} kept.");
        }

        if (files is { TornRows: > 0 })
        {
            context.Note($"{Figures.Counted(files.TornRows, "row")} of {SimulateCommandFiles.PartialName} had not been written in full "
                + "when the run was cut off: those replicates are computed again.");
        }
    }

    private static void Remark(StudyResult result, bool saved, CommandContext context)
    {
        foreach (var repeated in RepeatedAnswers.Find(result))
        {
            context.Warn($"The method \"{repeated.Method}\" gave replicates {Figures.Count(repeated.First)} and "
                + $"{Figures.Count(repeated.Second)} of scenario {Figures.Count(repeated.Scenario)} the same estimate and standard error, "
                + "to the last bit. Does it look at the data it is given?");
        }

        if (!result.Complete)
        {
            context.Warn("The study was interrupted: the figures are of the replicates that were finished. "
                + (saved ? "The same command with --resume goes on." : "With --out DIR a run can be gone on with by --resume."));
        }

        foreach (var (message, count) in result.Failures.Take(5))
        {
            context.Warn($"{Figures.Counted(count, "fit")} ended with an error and counted as failed: {message}");
        }
    }
}
