using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;

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

    private static string FirstVariable(Formula formula) => formula.Terms.Count > 0 && formula.Terms[0].Factors[0].Variables.Count > 0
        ? formula.Terms[0].Factors[0].Variables[0]
        : throw new InputException($"The formula \"{formula}\" has no covariate whose effect could be compared.")
        {
            Hint = "Put the treatment on the right side: \"y ~ treatment\".",
        };
}
