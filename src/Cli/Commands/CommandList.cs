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
    ];
}
