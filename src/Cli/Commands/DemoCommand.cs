using System.CommandLine;
using System.Text;
using MarginalConditional.Cli.Demonstration;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Compare.Comparison;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands;

/// <summary><c>margcond demo</c>: the main job on a trial that the program carries with it.</summary>
internal sealed class DemoCommand : ICommandDefinition
{
    private readonly Option<bool> data = new("--data") { Description = "Print the trial as CSV instead." };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("demo", "The main job on a built-in trial: both models, the conversion, a simulation.")
        {
            Example = "margcond demo\nmargcond demo --data > toenail.csv",
        };
        command.Options.Add(data);
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

        var comparison = ModelComparer.Compare(ToenailTrial.Frame(), new ComparisonOptions
        {
            Treatment = "treatment",
            Gee = new GeeOptions { Family = Family.Binomial },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 50 },
            CheckReasons = false,
        });
        TrialView.Write(context.Console, comparison);
        return ExitCode.Success;
    }
}
