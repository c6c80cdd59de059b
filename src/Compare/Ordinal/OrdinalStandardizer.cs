using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Glmm.Ordinal;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>Turns averages of cumulative probabilities into categories, scores and win probabilities.</summary>
/// <param name="estimates">The averages.</param>
/// <param name="glmm">The mixed model, whose categories they are of.</param>
/// <param name="options">Scores, and whether lower wins.</param>
/// <param name="levels">The treatment's levels, the reference first.</param>
/// <param name="questions">Each arm against the reference.</param>
internal sealed class OrdinalStandardizer(
    OrdinalEstimates estimates,
    OrdinalGlmmFit glmm,
    OrdinalComparisonOptions options,
    IReadOnlyList<string> levels,
    IReadOnlyList<LadderQuestion> questions)
{
    /// <summary>Both weightings by the model, and whatever the model where that is asked.</summary>
    public IEnumerable<OrdinalStandardized> Build(bool robust)
    {
        foreach (var isRobust in robust ? new[] { false, true } : [false])
        {
            for (var weighting = 0; weighting < OrdinalAverages.Weightings; weighting++)
            {
                yield return Build(weighting, isRobust);
            }
        }
    }

    private OrdinalStandardized Build(int weighting, bool robust)
    {
        var functions = new OrdinalFunctions(estimates.Layout, weighting, robust);
        var categories = glmm.Frame.Categories;
        double[] scores = options.Scores.Count > 0
            ? [.. options.Scores]
            : [.. Enumerable.Range(1, categories.Count).Select(place => (double)place)];
        var arms = levels.Select((level, arm) => new OrdinalStandardized.ArmOutcome(
            level,
            [
                .. categories.Select((name, k) => estimates.Probability(name, functions.Category(arm, k), tested: false, !robust)),
            ],
            estimates.Quantity("mean score", functions.Score(arm, scores), !robust)));
        var contrasts = questions.Select((question, index) =>
        {
            var arm = index + 1;
            var win = functions.Win(arm, options.LowerIsBetter);
            return new OrdinalStandardized.Contrast(
                question,
                [
                    .. categories.Select((name, k) => estimates.Quantity(
                        name, OrdinalFunctions.Difference(functions.Category(arm, k), functions.Category(0, k)), !robust)),
                ],
                [
                    .. categories.SkipLast(1).Select((name, k) =>
                        estimates.Quantity($"at most {name}", functions.Cumulative(arm, k), !robust)),
                ],
                estimates.Quantity(
                    "mean score", OrdinalFunctions.Difference(functions.Score(arm, scores), functions.Score(0, scores)), !robust),
                estimates.Probability("win probability", win, tested: true, !robust),
                estimates.Quantity("log win odds", OrdinalFunctions.Logit(win), !robust));
        });
        return new OrdinalStandardized(
            ClusterWeighting.At(weighting), robust, [.. arms], [.. contrasts]);
    }
}
