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
    /// <param name="answer">What the model says of a subgroup.</param>
    /// <exception cref="InputException">There is one subgroup, or too many.</exception>
    public static OrdinalSubgroupAnalysis Of(
        ModelFrame frame,
        string column,
        OrdinalComparisonOptions options,
        Func<TrialSubgroup, OrdinalAnswers> answer)
    {
        OrdinalSubgroup[] results =
        [
            .. SubgroupComparer.Subgroups(frame, column, options.Tolerances.MostSubgroups).Select(subgroup =>
            {
                var own = answer(subgroup);
                return new OrdinalSubgroup
                {
                    Value = subgroup.Value,
                    Rows = subgroup.Rows.Count(row => row),
                    Clusters = own.Estimates.ClustersSeen,
                    Ladder = own.Ladder,
                    Standardized = own.Standardized,
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
        foreach (var first in results[0].Standardized)
        {
            for (var c = 0; c < first.Contrasts.Count; c++)
            {
                var own = c;
                var all = results.SelectMany(result => result.Standardized
                    .Where(other => other.Weighting == first.Weighting && other.IsRobust == first.IsRobust)
                    .Select(other => (result.Value, other.Contrasts[own].LogWinOdds))).ToList();
                if (all.Count < results.Length || all.Exists(number => !double.IsFinite(number.LogWinOdds.Inference.StandardError)))
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
