using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary><c>margcond replay</c>: draws one replicate of a study again and shows what every method says about it.</summary>
internal sealed class ReplayCommand : ICommandDefinition
{
    private readonly Argument<string> file = new("STUDY.yaml") { Description = "The study." };
    private readonly Option<int> scenario = new("--scenario")
    {
        Description = "The scenario's number, as in the results.",
        HelpName = "K",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> replicate = new("--replicate")
    {
        Description = "The replicate's number, as in the results.",
        HelpName = "R",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<ulong?> seed = new("--seed") { Description = "The seed, instead of the study's.", HelpName = "S" };
    private readonly Option<string?> export = OptionRule.OutputFile(
        "--export", $"Write the replicate's data there: {RowsFile.Endings}.");
    private readonly FormatOption format = new("Form of the result on stdout.");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("replay", "Draw one replicate of a simulation study again, alone.")
        {
            Example = "margcond replay simulations/noncollapsibility/study.yaml --scenario 15 --replicate 1",
        };
        command.Arguments.Add(file);
        command.AddGroup("Replicate", scenario, replicate, seed);
        command.AddGroup("Output", export, format.Option);
        runner.Handle(command, output: null, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var path = parse.GetRequiredValue(file);
        var study = StudyReader.Read(path, new KeptFits(context));
        study = study with { Seed = parse.GetValue(seed) ?? study.Seed };
        var (k, r) = (parse.GetValue(scenario), parse.GetValue(replicate));
        if (k < 1 || k > study.Scenarios.Count || r is < 1 or > StudyReader.LargestRun)
        {
            throw new InputException(FormattableString.Invariant(
                $"There is no scenario {k}, replicate {r}: scenarios go from 1 to {study.Scenarios.Count}, ")
                + FormattableString.Invariant($"replicates from 1 to {StudyReader.LargestRun}."))
            {
                File = path,
            };
        }

        var estimates = SimulationRunner.RunOne(study, k - 1, r - 1);
        if (parse.GetValue(export) is { } target)
        {
            AtomicFile.Write(target, CsvText.Content(context.Output.Rows, target, SimulationRunner.Draw(study, k - 1, r - 1).Csv));
        }

        new ReplayCommandReport(study, k, r, estimates).Write(format.Read(parse), context);
        return ExitCode.Success;
    }
}
