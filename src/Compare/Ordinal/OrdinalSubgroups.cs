using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>Asks the fits of everybody about each subgroup of an ordered outcome's rows, and whether the effects differ.</summary>
internal static class OrdinalSubgroups
{
    /// <summary>The subgroups with their interactions.</summary>
    /// <param name="frame">The rows, with the column among its groupings.</param>
    /// <param name="column">What tells subgroups apart.</param>
    /// <param name="options">Level and reference.</param>
    /// <param name="answer">The clusters seen, the ladder and the standardized numbers of a subgroup.</param>
    /// <exception cref="InputException">There is one subgroup, or too many.</exception>
    public static OrdinalSubgroupAnalysis Of(
        ModelFrame frame,
        string column,
        OrdinalComparisonOptions options,
        Func<TrialSubgroup, (int Clusters, EstimandLadder Ladder, IReadOnlyList<OrdinalStandardized> Standardized)> answer)
    {
        OrdinalSubgroup[] results =
        [
            .. SubgroupComparer.Subgroups(frame, column, options.Tolerances.MostSubgroups).Select(subgroup =>
            {
                var (clusters, ladder, standardized) = answer(subgroup);
                return new OrdinalSubgroup
                {
                    Value = subgroup.Value,
                    Rows = subgroup.Rows.Count(own => own),
                    Clusters = clusters,
                    Ladder = ladder,
                    Standardized = standardized,
                };
            }),
        ];
        var differences = new SubgroupDifferences(
            options.NormalReference ? null : results.Min(result => result.Clusters) - 1, options.Level, options.Tolerances.SameAverage);
        return new OrdinalSubgroupAnalysis(
            column,
            results,
            [
                .. differences.Of([.. results.Select(result => (result.Value, result.Ladder))]),
                .. WinOdds(results, differences),
            ]);
    }

    /// <summary>Whether the win odds are the same, by the model and whatever the model.</summary>
    private static IEnumerable<SubgroupInteraction> WinOdds(OrdinalSubgroup[] results, SubgroupDifferences differences)
    {
        for (var s = 0; s < results[0].Standardized.Count; s++)
        {
            var first = results[0].Standardized[s];
            for (var c = 0; c < first.Contrasts.Count; c++)
            {
                var (place, own) = (s, c);
                var all = results.Select(result => (result.Value, result.Standardized[place].Contrasts[own].LogWinOdds)).ToList();
                if (all.Exists(number => !double.IsFinite(number.LogWinOdds.Inference.StandardError)))
                {
                    continue;
                }

                var rung = first.IsRobust ? 3 : 2;
                var one = all[0].LogWinOdds;
                yield return differences.Of(
                    [.. all.Select(number => (number.Value, number.LogWinOdds.Inference.Estimate, number.LogWinOdds.Influence))],
                    new LadderRung
                    {
                        Rung = rung,
                        Name = LadderRungs.Name(rung),
                        Weighting = first.Weighting,
                        Scale = OrdinalSubgroupAnalysis.WinOddsScale,
                        Question = first.Contrasts[own].Question,
                        Inference = one.Inference,
                        StandardErrorType = one.Errors.Description,
                        Influence = one.Influence,
                    });
            }
        }
    }
}
