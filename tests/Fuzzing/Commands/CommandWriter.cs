namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Writes command lines of one command.</summary>
internal abstract class CommandWriter
{
    /// <summary>The writers of all commands.</summary>
    public static IReadOnlyList<CommandWriter> All { get; } =
    [
        new PlanWriter(),
        new MetaWriter(),
        new GeeWriter(),
        new LmmWriter(),
        new GlmmWriter(),
        new MarginalizeWriter(),
        new ProfileWriter(),
        new CompareWriter(),
    ];

    /// <summary>The command.</summary>
    public abstract string Command { get; }

    /// <summary>A command line, with what all commands share at its end.</summary>
    public CommandLine Write(Draws draws)
    {
        var line = Begin(draws);
        if (!draws.OneIn(3))
        {
            line.Add("--format", "json");
        }
        else
        {
            line.Sometimes(3, "--format", "csv");
        }

        line.Add(Threads);
        return line;
    }

    /// <summary>The words that keep to one thread.</summary>
    protected virtual string[] Threads => ["--threads", "1"];

    /// <summary>The command line with the options of the command itself.</summary>
    protected abstract CommandLine Begin(Draws draws);
}
