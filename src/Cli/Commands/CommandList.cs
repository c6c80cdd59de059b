using System.CommandLine;

namespace MarginalConditional.Cli.Commands;

/// <summary>Every command, in the order of the help.</summary>
internal static class CommandList
{
    /// <summary>One line a command.</summary>
    public static IReadOnlyList<ICommandDefinition> All { get; } =
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
    public static IEnumerable<string> NamesOf(Command root) => root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);
}
