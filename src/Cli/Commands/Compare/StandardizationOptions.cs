using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>The options that say how standardized effects and the ladder are estimated.</summary>
internal sealed class StandardizationOptions
{
    private readonly Option<string?> errors = Choice.Optional(
        "--standardized-se",
        "Standard errors of standardized effects and the ladder; by default one-step, or closed for large trials.",
        [.. StandardizedErrors.All.Select(choice => choice.Name)]);

    private readonly Option<string?> probability = new("--probability")
    {
        Description = "The known probability of the treated arm, or one for each arm (A=0.3,B=0.3,C=0.4); by default the observed shares.",
        HelpName = "P",
    };

    private readonly Option<string> reference = Choice.Option(
        "--df",
        "Reference of tests and intervals: auto is t with K - 1 for the ladder and standardized effects, K - p for coefficients.",
        "auto",
        "normal");

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [errors, probability, reference];

    /// <summary>The option <c>--probability</c>, which a trial by person does not take.</summary>
    public Option Probability => probability;

    /// <summary>The kind of standard errors asked for; null for the default.</summary>
    public StandardizedErrors? Errors(ParseResult parse) =>
        parse.GetValue(errors) is { } name ? StandardizedErrors.All.First(choice => choice.Name == name) : null;

    /// <summary>The same for ordinal outcomes.</summary>
    /// <exception cref="InputException">Theirs are of another kind.</exception>
    public StandardizedErrors? ErrorsOfOrderedOutcomes(ParseResult parse)
    {
        StandardizedErrors[] known = [StandardizedErrors.OneStep, StandardizedErrors.Closed, StandardizedErrors.Influence];
        return Errors(parse) is not { } asked ? null
            : known.Contains(asked) ? asked
            : throw new InputException($"--standardized-se {asked} is not for ordinal outcomes.")
            {
                Hint = $"Choose one of {string.Join(", ", known.Select(kind => kind.Name))}.",
            };
    }

    /// <summary>Whether everything refers to the normal distribution.</summary>
    public bool IsNormal(ParseResult parse) => parse.GetValue(reference) == "normal";

    /// <summary>The comparison's options with what was asked for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="options">What is known so far.</param>
    /// <param name="levels">The treatment's levels, the reference first; null when it has none to set.</param>
    public ComparisonOptions Apply(ParseResult parse, ComparisonOptions options, IReadOnlyList<string>? levels) => options with
    {
        StandardizedErrors = Errors(parse) is not { IsForPersonsOnly: true } kind ? Errors(parse) : throw new InputException(
            $"--standardized-se {kind} is for rows that are independent of each other, and these are in clusters.")
        {
            Hint = "Choose one of one-step, closed, influence, jackknife.",
        },
        NormalReference = IsNormal(parse),
        Probabilities = parse.GetValue(probability) is { } text ? Probabilities(text, levels) : [],
    };

    private static List<double> Probabilities(string text, IReadOnlyList<string>? levels)
    {
        if (levels is null)
        {
            throw new InputException("--probability needs a treatment with levels, and the rows have none to set.")
            {
                Hint = "Make the treatment a category with --factor.",
            };
        }

        var parts = text.Split(',');
        if (parts is [var single] && !single.Contains('=', StringComparison.Ordinal))
        {
            var treated = Number(single, text);
            return levels.Count == 2
                ? [1 - treated, treated]
                : throw new InputException($"--probability gives one number, and the treatment has {levels.Count} levels.")
                {
                    Hint = $"Write one for each level: {string.Join(',', levels.Select(level => level + "=P"))}.",
                };
        }

        var known = parts.Select(part => part.Split('=', 2)).ToList();
        var wrong = known.Find(pair => pair.Length < 2 || !levels.Contains(pair[0]));
        if (wrong is not null || known.Count != levels.Count)
        {
            throw new InputException($"--probability cannot read \"{text}\": every level of the treatment needs one probability.")
            {
                Hint = $"Write {string.Join(',', levels.Select(level => level + "=P"))}.",
            };
        }

        List<double> values = [.. levels.Select(level => Number(known.First(pair => pair[0] == level)[1], text))];
        return Math.Abs(values.Sum() - 1) < 1e-6
            ? values
            : throw new InputException($"The probabilities of --probability \"{text}\" do not add up to 1.");
    }

    private static double Number(string part, string text) =>
        double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1
            ? value
            : throw new InputException($"--probability cannot read \"{text}\": a probability lies between 0 and 1.")
            {
                Hint = "Write it as 0.5.",
            };
}
