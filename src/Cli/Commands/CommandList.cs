using System.CommandLine;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Commands.Demo;
using MarginalConditional.Cli.Commands.Describe;
using MarginalConditional.Cli.Commands.Explore;
using MarginalConditional.Cli.Commands.Gee;
using MarginalConditional.Cli.Commands.Glmm;
using MarginalConditional.Cli.Commands.Lmm;
using MarginalConditional.Cli.Commands.Marginalize;
using MarginalConditional.Cli.Commands.Meta;
using MarginalConditional.Cli.Commands.Plan;
using MarginalConditional.Cli.Commands.Profile;
using MarginalConditional.Cli.Commands.Proposal;
using MarginalConditional.Cli.Commands.Reporting;
using MarginalConditional.Cli.Commands.Serve;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Commands.Summarize;
using MarginalConditional.Cli.Commands.Verify;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Commands;

/// <summary>Every command, in the order of the help.</summary>
internal static class CommandList
{
    private static readonly (string Name, Func<ICommandDefinition> Make)[] Commands =
    [
        ("gee", () => new GeeCommand()),
        ("plan", () => new PlanCommand()),
        ("glmm", () => new GlmmCommand()),
        ("lmm", () => new LmmCommand()),
        ("marginalize", () => new MarginalizeCommand()),
        ("compare", () => new CompareCommand()),
        ("profile", () => new ProfileCommand()),
        ("meta", () => new MetaCommand()),
        ("simulate", () => new SimulateCommand()),
        ("merge", () => new MergeCommand()),
        ("replay", () => new ReplayCommand()),
        ("report", () => new ReportCommand()),
        ("summarize", () => new SummarizeCommand()),
        ("describe", () => new DescribeCommand()),
        ("verify", () => new VerifyCommand()),
        ("estimand", () => new EstimandCommand()),
        ("explore", () => new ExploreCommand()),
        ("serve", () => new ServeCommand()),
        ("demo", () => new DemoCommand()),
        ("help", () => new HelpCommand()),
        ("completion", () => new CompletionCommand()),
    ];

    /// <summary>
    /// Fresh definitions, one line a command: building one fills its options, so no two runs of the program may share them.
    /// </summary>
    /// <param name="only">The name of the only command that is wanted; null for all.</param>
    public static IReadOnlyList<ICommandDefinition> Create(string? only = null)
    {
        var wanted = new List<ICommandDefinition>();
        foreach (var (name, make) in Commands)
        {
            if (only is null || name == only)
            {
                wanted.Add(make());
            }
        }

        return wanted;
    }

    /// <summary>Whether there is a command of that name.</summary>
    public static bool Has(string name)
    {
        foreach (var command in Commands)
        {
            if (command.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The names of the commands that the root offers, in the same order.</summary>
    public static IEnumerable<string> NamesOf(Command root) =>
        root.Subcommands.Where(command => !command.Hidden).Select(command => command.Name);
}
