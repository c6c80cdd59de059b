using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Hosting;

/// <summary>Turns what the parser found wrong with the command line into one sentence and a hint.</summary>
internal static class UsageError
{
    /// <summary>The first error of the parse, as an exception that prints like any other bad input.</summary>
    /// <param name="parse">The parse.</param>
    /// <param name="commands">The names of the program's commands.</param>
    public static InputException From(ParseResult parse, IReadOnlyList<string> commands)
    {
        var command = parse.CommandResult.Command;
        var path = Path(parse.CommandResult);
        var name = command is RootCommand ? "The program" : $"The command {command.Name}";
        var seeHelp = $"See {path} --help.";
        if (command.Subcommands.Count > 0 && parse.UnmatchedTokens.Count > 0 && !parse.UnmatchedTokens[0].StartsWith('-'))
        {
            return NoCommand(parse.UnmatchedTokens[0], commands);
        }

        if (parse.UnmatchedTokens.Count > 0)
        {
            return Unmatched(TakenForArgument(parse) ?? parse.UnmatchedTokens[0], command, name, seeHelp);
        }

        var missing = command.Arguments.FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0
            && parse.GetResult(argument) is null or { Tokens.Count: 0 });
        if (missing is not null && missing.Arity.MinimumNumberOfValues > 0)
        {
            return new InputException($"{name} needs {missing.HelpName ?? missing.Name}, which was not given.") { Hint = seeHelp };
        }

        var error = parse.Errors[0];
        if (Missing(error) is { } needed)
        {
            return new InputException($"{needed.Name} is required.") { Hint = $"{needed.Description} {seeHelp}" };
        }

        var parts = error.Message.Split('\n', 2);
        return new InputException(Sentence(Reword(error, parts[0]))) { Hint = parts.Length > 1 ? $"{parts[1]} {seeHelp}" : seeHelp };
    }

    /// <summary>A word that names none of the commands.</summary>
    public static InputException NoCommand(string word, IReadOnlyList<string> commands) =>
        new($"There is no command \"{word}\".{Suggestion.Sentence(word, commands)}")
        {
            Hint = $"Commands: {string.Join(", ", commands)}. See margcond --help.",
        };

    /// <summary>
    /// An unknown option that the parser took for one of the arguments, which made the words after it too many; null if there is none.
    /// </summary>
    private static string? TakenForArgument(ParseResult parse) =>
        parse.CommandResult.Command.Arguments
            .SelectMany(argument => parse.GetResult(argument)?.Tokens.Select(token => token.Value) ?? [])
            .FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2);

    private static InputException Unmatched(string word, Command command, string name, string seeHelp)
    {
        if (!word.StartsWith('-'))
        {
            return new InputException($"{name} has no use for \"{word}\".")
            {
                Hint = $"A formula has to be one argument: put it in quotes. {seeHelp}",
            };
        }

        var given = word.Split('=')[0];
        var options = command.Options
            .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options))
            .Where(option => !option.Hidden)
            .Select(option => option.Name);
        return new InputException($"{name} has no option {given}.{Suggestion.Sentence(given, options)}") { Hint = seeHelp };
    }

    /// <summary>
    /// Whether the parser threw because a value is not of its option's type, which it does when a validator looks at the value.
    /// </summary>
    public static bool Explains(InvalidOperationException exception) => WrongType(exception.Message) is not null;

    /// <summary>The same error as bad input.</summary>
    public static InputException From(InvalidOperationException exception) =>
        new(WrongType(exception.Message) ?? exception.Message, exception) { Hint = "See margcond COMMAND --help." };

    /// <summary>The option that has to be given and was not; null if something else is wrong.</summary>
    private static Option? Missing(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Option: { Required: true } option, Implicit: true } => option,
        CommandResult { Command: { } command } => command.Options.FirstOrDefault(option => option.Required
            && error.Message.Contains($"'{option.Name}'", StringComparison.Ordinal)),
        _ => null,
    };

    private static string Reword(ParseError error, string message) => error.SymbolResult switch
    {
        OptionResult { Tokens.Count: 0, Option: { Arity.MinimumNumberOfValues: > 0 } option } => $"{option.Name} needs a value.",
        OptionResult { IdentifierTokenCount: > 1, Option: { Arity.MaximumNumberOfValues: 1 } option } =>
            $"{option.Name} is given more than once.",
        _ => WrongType(message) ?? message,
    };

    private static string? WrongType(string message)
    {
        var parts = message.Split('\'');
        return message.Contains("expects a single argument", StringComparison.Ordinal) && parts.Length >= 3
            ? $"{parts[1]} is given more than once."
            : message.StartsWith("Required argument missing for option", StringComparison.Ordinal) && parts.Length >= 3
            ? $"{parts[1]} needs a value."
            : message.StartsWith("Cannot parse argument", StringComparison.Ordinal) && parts.Length >= 7
            ? $"{parts[^4]} takes {(parts[^2].Contains("Int", StringComparison.Ordinal) ? "a whole number" : "a number")}, and "
                + $"\"{string.Join('\'', parts[1..^5])}\" is not one."
            : null;
    }

    private static string Sentence(string text) => text.EndsWith('.') || text.EndsWith('?') ? text : text + ".";

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "margcond";
}
