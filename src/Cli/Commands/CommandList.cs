using System.CommandLine;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Commands.Demo;
using MarginalConditional.Cli.Commands.Gee;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Commands.Lmm;
using MarginalConditional.Cli.Commands.Marginalize;
using MarginalConditional.Cli.Commands.Meta;
using MarginalConditional.Cli.Commands.Plan;
using MarginalConditional.Cli.Commands.Profile;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Commands;

/// <summary>Every command, in the order of the help.</summary>
internal static class CommandList
{
    /// <summary>
    /// Fresh definitions, one line a command: building one fills its options, so no two runs of the program may share them.
    /// </summary>
    public static IReadOnlyList<ICommandDefinition> Create() =>
    [
        new GeeCommand(),
        new PlanCommand(),
        new GlmmCommand(),
        new LmmCommand(),
        new MarginalizeCommand(),
        new CompareCommand(),
        new ProfileCommand(),
        new MetaCommand(),
        new SimulateCommand(),
        new MergeCommand(),
        new ReplayCommand(),
        new DemoCommand(),
        new HelpCommand(),
        new CompletionCommand(),
    ];

    /// <summary>The names of the commands that the root offers, in the same order.</summary>
    public static IEnumerable<string> NamesOf(Command root) =>
        root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);
}
