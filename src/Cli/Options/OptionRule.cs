using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Options;

/// <summary>Rules for the values of options, checked before a command runs.</summary>
internal static class OptionRule
{
    /// <summary>Refuses values that break a rule.</summary>
    /// <param name="option">The option.</param>
    /// <param name="isAllowed">The rule; it is also asked about the default.</param>
    /// <param name="requirement">What is required, after the option's name: <c>has to be 1 or more</c>.</param>
    /// <returns>The option.</returns>
    public static Option<T> Require<T>(this Option<T> option, Func<T, bool> isAllowed, string requirement)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<T>() is { } value && !isAllowed(value))
            {
                result.AddError($"{option.Name} {requirement}.");
            }
        });
        return option;
    }

    /// <summary>An option that names a file to write; a place that cannot become one is refused before any work is done for it.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">For the help.</param>
    /// <param name="rows">Whether the file holds rows always, as its ending says, rather than what <c>--format</c> says.</param>
    public static Option<string?> OutputFile(string name, string description, bool rows = true)
    {
        var option = new OutputFileOption(name) { Description = description, HelpName = "FILE", WritesRows = rows };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && AtomicFile.ProblemOf(path) is { } problem)
            {
                result.AddError($"{name} {problem}.");
            }
        });
        return option;
    }

    /// <summary>Refuses an option where it would change nothing, with what would make it count.</summary>
    /// <param name="command">The command.</param>
    /// <param name="option">The option.</param>
    /// <param name="counts">Whether it has an effect, given the others.</param>
    /// <param name="without">What is missing, after "has no effect": <c>without --shard, whose parts it counts</c>.</param>
    /// <param name="remedy">What to do, a sentence.</param>
    public static void HasEffect(
        this Command command, Option option, Func<CommandResult, bool> counts, string without, string remedy = "Leave it out.") =>
        command.Check(result =>
        {
            if (result.IsGiven(option) && !counts(result))
            {
                result.AddError($"{option.Name} has no effect {without}.\n{remedy}");
            }
        });

    /// <summary>
    /// Adds a check of the command line as a whole. It is left out where a value cannot be read, which the parser says itself.
    /// </summary>
    public static void Check(this Command command, Action<CommandResult> check) => command.Validators.Add(result =>
    {
        try
        {
            check(result);
        }
        catch (InvalidOperationException) when (result.Children.OfType<OptionResult>().Any(IsUnreadable))
        {
            // The parser throws at a value that is missing, given twice or of another type, and lists it among its errors.
        }
    });

    private static bool IsUnreadable(OptionResult result)
    {
        try
        {
            _ = result.GetValueOrDefault<object?>();
            return result.Errors.Any();
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Whether an option was typed, rather than left at its default.</summary>
    public static bool IsGiven(this SymbolResult result, Option option) => result.GetResult(option) is { Implicit: false };

    /// <summary>The option <c>--threads</c> of every command that computes.</summary>
    public static Option<int> Threads() =>
        new Option<int>("--threads")
        {
            Description = "Threads to use, 0 for all; no result depends on it.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        }
            .Require(count => count >= 0, "has to be 0 (all processors) or more");

    /// <summary>How many threads a command may use; 0, all processors, for one that does not ask.</summary>
    public static int ThreadsOf(ParseResult parse) =>
        parse.CommandResult.Command.Options.OfType<Option<int>>().FirstOrDefault(option => option.Name == "--threads") is { } threads
            ? parse.GetValue(threads)
            : 0;
}
