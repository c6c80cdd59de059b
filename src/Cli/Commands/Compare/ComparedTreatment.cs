using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Which column's effect <c>compare</c> is about.</summary>
internal static class ComparedTreatment
{
    /// <summary>The column named, or the formula's first.</summary>
    /// <param name="named">What <c>--treatment</c> says; null when it was not given.</param>
    /// <param name="formula">The model.</param>
    /// <exception cref="InputException">There is no such column.</exception>
    public static string Of(string? named, Formula formula) => named switch
    {
        null => FirstVariable(formula),
        "" => throw new InputException("--treatment names no column.")
        {
            Hint = "Name the column whose effect is compared, or leave the option out for the formula's first.",
        },
        _ => named,
    };

    /// <summary>The formula has no term of this column.</summary>
    public static InputException NoEffect(string effect, Formula formula)
    {
        string[] candidates =
            [.. formula.Terms.SelectMany(term => term.Factors).SelectMany(factor => factor.Variables).Distinct(StringComparer.Ordinal)];
        return new InputException(
            $"--treatment is {effect}, but the formula \"{formula}\" has no such term.{Suggestion.Sentence(effect, candidates)}")
        {
            Hint = $"The formula's covariates are {string.Join(", ", candidates)}.",
        };
    }

    private static string FirstVariable(Formula formula) => formula.Terms.Count > 0 && formula.Terms[0].Factors[0].Variables.Count > 0
        ? formula.Terms[0].Factors[0].Variables[0]
        : throw new InputException($"The formula \"{formula}\" has no covariate whose effect could be compared.")
        {
            Hint = "Put the treatment on the right side: \"y ~ treatment\".",
        };
}
