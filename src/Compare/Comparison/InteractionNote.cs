using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Comparison;

/// <summary>What a reader should know of an effect that differs with a covariate.</summary>
internal static class InteractionNote
{
    /// <summary>A sentence on what the rungs do with covariates that the treatment interacts with; none where there are none.</summary>
    /// <param name="design">The columns of the model.</param>
    /// <param name="treatment">The treatment's column.</param>
    /// <param name="effects">Its coefficients.</param>
    /// <param name="at">Covariates that are set to a value.</param>
    /// <param name="told">Notes that name a covariate already.</param>
    public static IEnumerable<string> Of(
        DesignMatrix design,
        string treatment,
        IReadOnlyList<TreatmentEffect> effects,
        IReadOnlyList<(string Variable, string Value)> at,
        IReadOnlyList<string> told)
    {
        List<string> partners =
        [
            .. effects.Where(effect => effect.IsInteraction)
                .SelectMany(effect => design.Terms[effect.Column].Split(':'))
                .Where(name => name != treatment && at.All(pair => pair.Variable != name)
                    && !told.Any(note => note.Contains($"changes with {name}", StringComparison.Ordinal)))
                .Distinct(StringComparer.Ordinal),
        ];
        if (partners.Count > 0)
        {
            yield return $"The effect of {treatment} differs with {string.Join(" and ", partners)}: every rung averages the rows' own "
                + "contrasts. --at asks at one value, --by in each subgroup.";
        }
    }
}
