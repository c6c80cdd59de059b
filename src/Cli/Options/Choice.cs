using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace MarginalConditional.Cli.Options;

/// <summary>Options whose value is one of a few words; a misspelt one is answered with the nearest.</summary>
internal static class Choice
{
    /// <summary>An option with a default.</summary>
    /// <param name="name">Such as <c>--corr</c>.</param>
    /// <param name="description">One sentence for the help; the words are added to it.</param>
    /// <param name="words">The words, the default one first.</param>
    public static Option<string> Option(string name, string description, params string[] words)
    {
        var option = new Option<string>(name)
        {
            Description = $"{description} One of {string.Join(", ", words)}.",
            HelpName = "WORD",
            DefaultValueFactory = _ => words[0],
        };
        Restrict(option, words);
        return option;
    }

    /// <summary>An option without a default: null when it is not given.</summary>
    public static Option<string?> Optional(string name, string description, params string[] words)
    {
        var option = new Option<string?>(name) { Description = $"{description} One of {string.Join(", ", words)}.", HelpName = "WORD" };
        Restrict(option, words);
        return option;
    }

    /// <summary>An option that may be repeated, or take several words separated by commas; empty when it is not given.</summary>
    public static Option<string[]> Many(string name, string description, params string[] words)
    {
        var option = new Option<string[]>(name)
        {
            Description = $"{description} Of {string.Join(", ", words)}; repeatable.",
            HelpName = "WORD",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => Values(result).ToArray(),
            DefaultValueFactory = _ => [],
        };
        option.CompletionSources.Add(_ => Completions(words));
        option.Validators.Add(result => Check(option.Name, result, Values(result), words));
        return option;
    }

    /// <summary>An argument that has to be given.</summary>
    public static Argument<string> Argument(string name, string description, params string[] words)
    {
        var argument = new Argument<string>(name) { Description = $"{description} One of {string.Join(", ", words)}." };
        argument.CompletionSources.Add(_ => Completions(words));
        argument.Validators.Add(result => Check(name, result, Whole(result), words));
        return argument;
    }

    private static IEnumerable<string> Values(SymbolResult result) =>
        result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>The word as it was given: one that is empty, or several, is none of those that are known.</summary>
    private static IEnumerable<string> Whole(SymbolResult result) => result.Tokens.Select(token => token.Value);

    private static void Restrict(Option option, string[] words)
    {
        option.CompletionSources.Add(_ => Completions(words));
        option.Validators.Add(result => Check(option.Name, result, Whole(result), words));
    }

    private static IEnumerable<CompletionItem> Completions(string[] words) => words.Select(word => new CompletionItem(word));

    private static void Check(string name, SymbolResult result, IEnumerable<string> values, string[] words)
    {
        foreach (var value in values.Where(value => !words.Contains(value, StringComparer.Ordinal)))
        {
            result.AddError(
                $"{name} does not know \"{value}\".{OtherPrograms.Sentence(value, words)}\nIt takes {string.Join(", ", words)}.");
        }
    }
}
