using System.CommandLine;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;

namespace MarginalConditional.Cli.Commands;

/// <summary><c>margcond help [COMMAND]</c>: the same as <c>--help</c>.</summary>
internal sealed class HelpCommand : ICommandDefinition
{
    private readonly Argument<string?> topic = new("COMMAND")
    {
        Description = "The command to explain; without it, the list of commands.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> man = new("--man")
    {
        Description = "Write the manual page instead: margcond help --man > margcond.1.",
    };

    public Command Build(ICommandRunner runner)
    {
        var command = new DocumentedCommand("help", "Show the help of a command.") { Example = "margcond help gee" };
        command.Arguments.Add(topic);
        command.Options.Add(man);
        topic.CompletionSources.Add(context => CommandList.NamesOf(context.ParseResult.RootCommandResult.Command)
            .Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        command.SetAction(parse => parse.GetValue(man)
            ? ManPage.Write(Topic(parse), runner.Streams)
            : HelpText.Write(Topic(parse), runner.Streams));
        return command;
    }

    private Command Topic(ParseResult parse)
    {
        var root = parse.RootCommandResult.Command;
        return parse.GetValue(topic) is not { } name
            ? root
            : root.Subcommands.FirstOrDefault(command => command.Name == name)
                ?? throw UsageError.NoCommand(name, [.. CommandList.NamesOf(root)]);
    }
}
