using System.CommandLine;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Which column's effect <c>compare</c> is about, and where: <c>--treatment</c> and <c>--at</c>.</summary>
internal sealed class ComparedEffectOptions
{
    private readonly Option<string?> treatment = new("--treatment")
    {
        Description = "The column whose effect is compared; by default the formula's first.",
        HelpName = "COLUMN",
    };
    private readonly Option<string[]> at = new("--at")
    {
        Description = "Standardize with a covariate set to a value, such as time=12; repeatable.",
        HelpName = "COLUMN=VALUE",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>The options.</summary>
    public Option[] All => [treatment, at];

    /// <summary>The covariates that are set, with their values.</summary>
    /// <exception cref="InputException">A text is something else.</exception>
    public IReadOnlyList<(string Variable, string Value)> Settings(ParseResult parse) =>
        [.. (parse.GetValue(at) ?? []).Select(Setting)];

    /// <summary>The column named, or the formula's first.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="formula">The model.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public string Of(ParseResult parse, Formula formula) => parse.GetValue(treatment) switch
    {
        null => FirstVariable(formula),
        "" => throw new InputException("--treatment names no column.")
        {
            Hint = "Name the column whose effect is compared, or leave the option out for the formula's first.",
        },
        { } named => named,
    };

    /// <summary>Refuses a column that no term of the formula is of.</summary>
    /// <param name="frame">The rows.</param>
    /// <param name="effect">The column.</param>
    /// <param name="formula">The model.</param>
    /// <exception cref="InputException">The design has no coefficient of the column.</exception>
    public static void Require(ModelFrame frame, string effect, Formula formula)
    {
        if (TreatmentEffect.Find(frame.Design, effect).Count > 0)
        {
            return;
        }

        string[] candidates =
            [.. formula.Terms.SelectMany(term => term.Factors).SelectMany(factor => factor.Variables).Distinct(StringComparer.Ordinal)];
        throw new InputException(
            $"--treatment is {effect}, but the formula \"{formula}\" has no such term.{Suggestion.Sentence(effect, candidates)}")
        {
            Hint = $"The formula's covariates are {string.Join(", ", candidates)}.",
        };
    }

    private static (string Variable, string Value) Setting(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && equals < text.Length - 1
            ? (text[..equals], text[(equals + 1)..])
            : throw new InputException($"--at cannot read \"{text}\".") { Hint = "Write it as COLUMN=VALUE, such as time=12." };
    }

    private static string FirstVariable(Formula formula) => formula.Terms.Count > 0 && formula.Terms[0].Factors[0].Variables.Count > 0
        ? formula.Terms[0].Factors[0].Variables[0]
        : throw new InputException($"The formula \"{formula}\" has no covariate whose effect could be compared.")
        {
            Hint = "Put the treatment on the right side: \"y ~ treatment\".",
        };
}
