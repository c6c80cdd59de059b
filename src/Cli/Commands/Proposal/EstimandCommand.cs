using System.CommandLine;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Choices;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Proposal;

/// <summary><c>margcond estimand</c>: five questions about a trial that is planned, and what follows from the answers.</summary>
internal sealed class EstimandCommand : ICommandDefinition
{
    private const int QuickReplicates = 200;

    private readonly OutputOptions output = new();
    private readonly Argument<string?> file = new("FILE.yaml")
    {
        Description = "The answers, a line each; without it they are asked for on the terminal.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string?> answers = OptionRule.OutputFile(
        "--answers", "Write the answers given on the terminal to this file, to be changed and read again.", rows: false);
    private readonly Option<string?> study = OptionRule.OutputFile(
        "--study", "Write the study file of the trial at its own size, for margcond simulate.", rows: false);
    private readonly Option<bool> run = new("--run") { Description = "Run the study quickly: bias, coverage and power of each estimator." };
    private readonly Option<int> replicates = new Option<int>("--replicates")
    {
        Description = "Replicates of --run.",
        HelpName = "N",
        DefaultValueFactory = _ => QuickReplicates,
    }
        .Require(count => count is >= 2 and <= 1_000_000, "has to be from 2 to 1,000,000");

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand(
            "estimand", "Five questions on a planned trial: its estimand, analysis, plan and simulation study.")
        {
            Example = "margcond estimand examples/estimand/answers.yaml --run --replicates 20",
        };
        command.Arguments.Add(file);
        command.AddGroup("Study", study, run, replicates);
        command.AddGroup("Answers", answers);
        output.AddTo(command, coefficients: false);
        command.HasEffect(replicates, result => result.GetValue(run), "without --run, whose replicates it counts");
        command.HasEffect(
            answers, result => result.GetValue(file) is null, "beside a file of answers", "Leave it out; the answers are in a file.");
        runner.Handle(command, output, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        var proposal = EstimandProposal.Of(Choice(parse, context));
        var result = parse.GetValue(run) ? Simulate(proposal, parse.GetValue(replicates), context) : null;
        AtomicFile.WriteIfAsked(parse.GetValue(study), () => proposal.StudyText);
        new EstimandReport(proposal, result, parse.GetValue(study)).Write(context);
        return result is { Complete: false } ? ExitCode.Interrupted : ExitCode.Success;
    }

    private EstimandChoice Choice(ParseResult parse, CommandContext context)
    {
        if (parse.GetValue(file) is { } path)
        {
            return ChoiceReader.Read(path);
        }

        if (context.Asking is not { } console)
        {
            throw new InputException("There is no terminal to ask the five questions on, and no file with answers was named.")
            {
                Hint = "Name a file such as examples/estimand/answers.yaml; docs/estimand.md lists its lines.",
            };
        }

        var given = EstimandPrompts.Ask(console);
        AtomicFile.WriteIfAsked(parse.GetValue(answers), () => EstimandPrompts.FileOf(given));
        return ChoiceReader.Of(given);
    }

    private static StudyResult Simulate(EstimandProposal proposal, int count, CommandContext context)
    {
        var options = new SimulationOptions { Threads = context.Output.Threads, Cancellation = context.Cancellation };
        return SimulateCommandProgress.Run(proposal.Study with { Replicates = count }, options, context);
    }
}
