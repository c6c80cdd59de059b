using System.CommandLine;
using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary><c>margcond merge</c>: joins the parts of a study that was run in shards.</summary>
internal sealed class MergeCommand : ICommandDefinition
{
    private readonly Argument<string[]> folders = new("DIR") { Description = "The folders of the parts.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> folder = new("--out")
    {
        Description = "The folder for the whole study.",
        HelpName = "DIR",
        Required = true,
    };
    private readonly Option<bool> allowGaps = new("--allow-gaps")
    {
        Description = "Summarize what is there although replicates are missing.",
    };
    private readonly Option<bool> overwrite = new("--overwrite") { Description = "Replace the results that the folder of --out holds." };
    private readonly FormatOption format = new("Form of the summary on stdout.");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("merge", "Join the parts of a simulation study that was run with --shard.")
        {
            Example = "margcond simulate simulations/noncollapsibility/study.yaml --replicates 4 --shard 1/2 --out part1\n"
                + "margcond simulate simulations/noncollapsibility/study.yaml --replicates 4 --shard 2/2 --out part2\n"
                + "margcond merge part1 part2 --out whole",
        };
        command.Arguments.Add(folders);
        command.AddGroup("Output", folder, overwrite, allowGaps, format.Option);
        runner.Handle(command, output: null, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var parts = parse.GetRequiredValue(folders);
        var target = parse.GetRequiredValue(folder);
        if (parts.Any(part => Path.GetFullPath(part) == Path.GetFullPath(target)))
        {
            throw new InputException("The folder of --out is one of the parts.") { File = target, Hint = "Choose a new folder." };
        }

        var first = ManifestOf(parts[0]);
        var studyFile = Path.Combine(parts[0], SimulateCommandFiles.StudyName);
        if (!File.Exists(studyFile) || FileHash.Of(studyFile) != first.StudyHash)
        {
            throw new InputException("The study file of this part is missing, or not the one the manifest describes.") { File = studyFile };
        }

        if (first.Until is not null)
        {
            throw new InputException("The study in this folder ends by a rule and has no other parts.")
            {
                File = parts[0],
                Hint = "Its folder holds the whole study already.",
            };
        }

        var study = StudyReader.Read(studyFile, new KeptFits(context));
        study = study with { Seed = first.Seed, Replicates = first.Replicates, Until = null };
        var estimates = new StudyEstimates(study);
        foreach (var part in parts)
        {
            var manifest = ManifestOf(part);
            if (manifest.StudyHash != first.StudyHash || manifest.Seed != first.Seed || manifest.Replicates != first.Replicates)
            {
                throw new InputException(
                    $"This part belongs to another study, or to another seed or number of replicates, than {parts[0]}.")
                { File = part };
            }

            StudyCommands.RequireSame(first.Commands, manifest.Commands, part);
            SimulateCommandFiles.ReadFinished(part, manifest, estimates);
        }

        var missing = (study.Scenarios.Count * study.Replicates) - estimates.CountRun();
        if (missing > 0 && !parse.GetValue(allowGaps))
        {
            throw new InputException($"{Figures.Counted(missing, "replicate")} {(missing == 1 ? "is" : "are")} in none of the parts: "
                + $"{(missing == 1 ? string.Empty : "the first is ")}{FirstGap(estimates)}.")
            {
                File = target,
                Hint = "Run the missing part, or say --allow-gaps.",
            };
        }

        var result = estimates.ToResult(missing == 0);
        var whole = new SimulateCommandManifest
        {
            StudyHash = first.StudyHash,
            Seed = first.Seed,
            Replicates = first.Replicates,
            Shard = Shard.Whole,
            Commands = first.Commands,
        };
        var use = parse.GetValue(overwrite) ? FolderUse.Overwrite : FolderUse.New;
        using var files = SimulateCommandFiles.Open(target, StudyOrigin.OfFile(studyFile), estimates, whole, use);
        files.Finish(result);
        SimulateCommandSummary.Write(result, format.Read(parse), target, context);
        if (missing > 0)
        {
            context.Warn($"{Figures.Counted(missing, "replicate")} {(missing == 1 ? "is" : "are")} missing: the figures are of those that "
                + $"are there.");
        }

        return ExitCode.Success;
    }

    private static SimulateCommandManifest ManifestOf(string part) =>
        SimulateCommandManifest.Read(part) ?? throw new InputException("There are no results of a study in this folder.")
        {
            File = part,
            Hint = "Name the folders given to margcond simulate --shard as --out.",
        };

    private static string FirstGap(StudyEstimates estimates)
    {
        for (var scenario = 0; scenario < estimates.Study.Scenarios.Count; scenario++)
        {
            for (var replicate = 0; replicate < estimates.Study.Replicates; replicate++)
            {
                if (!estimates.IsRun(scenario, replicate))
                {
                    return FormattableString.Invariant($"scenario {scenario + 1}, replicate {replicate + 1}");
                }
            }
        }

        return "nowhere";
    }
}
