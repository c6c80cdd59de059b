using System.CommandLine;
using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary><c>margcond simulate</c>: runs a simulation study.</summary>
internal sealed class SimulateCommand : ICommandDefinition
{
    private readonly Argument<string?> file = new("STUDY.yaml")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The study: aims, data-generating mechanisms, estimands, methods, performance measures.",
    };
    private readonly LikeOptions like = new();
    private readonly Option<int?> replicates = new Option<int?>("--replicates")
    {
        Description = "Replicates a scenario, instead of the study's number or rule; more of them contain the fewer.",
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
    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Description = "Run and write nothing: show scenarios, truths and replicates, and on a terminal the time they need.",
    };
    private readonly TimeLimit limit = new();
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the run that was cut off in the folder of --out." };
    private readonly Option<bool> overwrite = new("--overwrite") { Description = "Replace the results that the folder of --out holds." };
    private readonly Option<bool> common = new("--where-all-converged")
    {
        Description = "Show the measures over the replicates on which every method converged as well; JSON and CSV always have both.",
    };
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
        command.AddGroup("Study", replicates, seed, dryRun);
        like.AddTo(command, file);
        command.AddGroup("Large studies", shard, zeroBased, limit.Option, resume);
        command.AddGroup("Output", folder, overwrite, format.Option, common, threads);
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
        var (study, origin) = Read(parse, context);
        study = study with { Seed = parse.GetValue(seed) ?? study.Seed };
        study = parse.GetValue(replicates) is { } count ? study with { Replicates = count, Until = null } : study;
        if (study.Until is not null && parse.GetValue(shard) is not null)
        {
            throw new InputException("A study that ends by a rule cannot be run in parts: a part does not see the whole.")
            {
                File = parse.GetValue(file),
                Hint = "Leave --shard out, or give a fixed number by --replicates.",
            };
        }

        var part = Shard.TryParse(parse.GetValue(shard), parse.GetValue(zeroBased), out var chosen) ? chosen : Shard.Whole;
        if (parse.GetValue(dryRun))
        {
            new DryRun(study).Write(format.Read(parse), part, parse.GetValue(threads), context);
            return ExitCode.Success;
        }

        var estimates = new StudyEstimates(study);
        var manifest = new SimulateCommandManifest
        {
            StudyHash = origin.Hash,
            Seed = study.Seed,
            Replicates = study.Replicates,
            Shard = part,
            Commands = StudyCommands.Versions(study),
            Until = study.Until,
        };
        using var files = parse.GetValue(folder) is { } name
            ? SimulateCommandFiles.Open(name, origin, estimates, manifest, UseOf(parse))
            : null;
        RemarkOnEarlier(files, context);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        if (limit.Read(parse) is { } time)
        {
            cancellation.CancelAfter(time);
        }

        var options = new SimulationOptions
        {
            Threads = parse.GetValue(threads),
            Shard = part,
            Known = estimates,
            Finished = files is null ? null : files.Append,
            Cancellation = cancellation.Token,
        };
        var result = SimulateCommandProgress.Run(study, options, context);
        files?.Finish(result);
        SimulateCommandSummary.Write(result, format.Read(parse), files?.Folder, context, parse.GetValue(common));
        PictureFiles.Write(context, pictures.Places(parse), pictures.Drawing(parse), SimulatePictures.Of(result));
        Remark(result, files is not null, limit.Read(parse) is not null && !context.Cancellation.IsCancellationRequested, context);
        return result.Complete ? ExitCode.Success : ExitCode.Interrupted;
    }

    private (Study Study, StudyOrigin Origin) Read(ParseResult parse, CommandContext context)
    {
        var fits = new KeptFits(context);
        if (parse.GetValue(file) is { } path)
        {
            return (StudyReader.Read(path, fits), StudyOrigin.OfFile(path));
        }

        var text = like.Study(parse, context);
        try
        {
            return (StudyReader.Parse(text, string.Empty, fits), StudyOrigin.OfText(text));
        }
        catch (InputException exception)
        {
            // Nobody has seen the text: its lines say nothing.
            throw new InputException(exception.Message, exception) { File = like.Fit(parse), Hint = exception.Hint };
        }
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

    /// <summary>Says what went wrong: an early end, and fits that ended with an error.</summary>
    /// <param name="result">The result.</param>
    /// <param name="saved">Whether there is a folder to go on from.</param>
    /// <param name="timed">Whether only <c>--max-time</c> can have ended the run early.</param>
    /// <param name="context">Where to.</param>
    private static void Remark(StudyResult result, bool saved, bool timed, CommandContext context)
    {
        foreach (var repeated in RepeatedAnswers.Find(result))
        {
            context.Warn($"The method \"{repeated.Method}\" gave replicates {Figures.Count(repeated.First)} and "
                + $"{Figures.Count(repeated.Second)} of scenario {Figures.Count(repeated.Scenario)} the same estimate and standard error, "
                + "to the last bit. Does it look at the data it is given?");
        }

        if (!result.Complete)
        {
            context.Warn((timed ? "The time of --max-time was over" : "The study was interrupted")
                + ": the figures are of the replicates that were finished. "
                + (saved ? "The same command with --resume goes on." : "With --out DIR a run can be gone on with by --resume."));
        }

        foreach (var (message, count) in result.Failures.Take(5))
        {
            context.Warn($"{Figures.Counted(count, "fit")} ended with an error and counted as failed: {message}");
        }
    }
}
