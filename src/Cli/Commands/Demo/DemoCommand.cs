using System.CommandLine;
using System.Text;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Demo;

/// <summary><c>margcond demo</c>: the main job on a trial that the program carries with it.</summary>
internal sealed class DemoCommand : ICommandDefinition
{
    private readonly Option<bool> data = new("--data") { Description = "Print the trial as CSV instead." };
    private readonly Option<int> replicates = new Option<int>("--replicates")
    {
        Description = "Simulated trials for each standard deviation.",
        HelpName = "N",
        DefaultValueFactory = _ => 300,
    }
        .Require(count => count >= 2, "has to be 2 or more");
    private readonly Option<long> seed = new("--seed")
    {
        Description = "Names the random numbers; the same seed gives the same results.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> threads = OptionRule.Threads();

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("demo", "The main job on a built-in trial: both models, the conversion, a simulation.")
        {
            Example = "margcond demo\nmargcond demo --data > toenail.csv",
        };
        command.Options.Add(data);
        command.Options.Add(replicates);
        command.Options.Add(seed);
        command.Options.Add(threads);
        foreach (var option in new Option[] { replicates, seed, threads })
        {
            command.HasEffect(option, result => !result.GetValue(data), "beside --data, which computes nothing");
        }

        runner.Handle(command, null, Run);
        return command;
    }

    private int Run(ParseResult parse, CommandContext context)
    {
        if (parse.GetValue(data))
        {
            context.Text.Write(Encoding.UTF8.GetString(ToenailTrial.Content()));
            return ExitCode.Success;
        }

        var workers = parse.GetValue(threads);
        TrialView.Write(context.Console, CompareTrial(workers));
        context.Console.WriteLine();
        var study = NoncollapsibilityStudy.Create(parse.GetValue(replicates), unchecked((ulong)parse.GetValue(seed)));
        StudyView.Write(context.Console, SimulateCommandProgress.Run(study, new SimulationOptions { Threads = workers }, context));
        context.Console.WriteLine();
        NextSteps.Write(context.Console);
        return ExitCode.Success;
    }

    private static ModelComparison CompareTrial(int threads) => ModelComparer.Compare(ToenailTrial.Frame(), new ComparisonOptions
    {
        Treatment = "treatment",
        Gee = new GeeOptions { Family = Family.Binomial, Threads = threads },
        Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 50, Threads = threads },
        CheckReasons = false,
        MarginalLikelihood = false,
    });
}
