using System.CommandLine;
using System.Text;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
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
    private readonly Option<string?> report = OptionRule.OutputFile(
        "--report", "Write the report of the comparison to this HTML file; by default into a new folder among the temporary files.",
        rows: false);

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
        command.Options.Add(report);
        foreach (var option in new Option[] { replicates, seed, threads, report })
        {
            command.HasEffect(option, result => !result.GetValue(data), "beside --data, which computes nothing");
        }

        command.Check(result => PictureOptions.RequireHtml(result, report));
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
        var comparison = CompareTrial(workers);
        TrialView.Write(context.Console, comparison);
        context.Console.WriteLine();
        var study = NoncollapsibilityStudy.Create(parse.GetValue(replicates), unchecked((ulong)parse.GetValue(seed)));
        StudyView.Write(context.Console, SimulateCommandProgress.Run(study, new SimulationOptions { Threads = workers }, context));
        context.Console.WriteLine();
        NextSteps.Write(context.Console);
        TrialReport.Write(context, comparison, parse.GetValue(report));
        return ExitCode.Success;
    }

    private static ModelComparison CompareTrial(int threads) => ModelComparer.Compare(ToenailTrial.Frame(), new ComparisonOptions
    {
        Treatment = "treatment",
        Gee = new GeeOptions { Family = Family.Binomial, Threads = threads },
        Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 50, Threads = threads },
        Trial = new TrialDescription { Unit = "patient", Units = "patients" },
        Wave = "visit",
    });
}
