using System.CommandLine;
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
    public static Option<string?> OutputFile(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } path && AtomicFile.ProblemOf(path) is { } problem)
            {
                result.AddError($"{name} {problem}.");
            }
        });
        return option;
    }

    /// <summary>The option <c>--threads</c> of every command that computes.</summary>
    public static Option<int> Threads() =>
        new Option<int>("--threads")
        {
            Description = "Threads to use, 0 for all; no result depends on it.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        }
            .Require(count => count >= 0, "has to be 0 (all processors) or more");
}
