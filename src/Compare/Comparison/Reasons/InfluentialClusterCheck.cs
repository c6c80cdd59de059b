using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// One cluster that carries much of the variance of what remains of the gap: the two models weigh an outlying cluster differently.
/// </summary>
internal static class InfluentialClusterCheck
{
    public static ReasonCheck? Run(ComparedModels comparison)
    {
        var effect = comparison.Effects[0];
        var tolerances = comparison.Options.Tolerances;
        var difference = ClusterInfluence.Join(effect.Marginalized.Influence, effect.Marginal.Influence).Transform([1, -1], 1).Values;
        var (total, largest, where) = (0.0, 0.0, 0);
        for (var c = 0; c < difference.Length; c++)
        {
            var square = difference[c] * difference[c];
            total += square;
            if (square > largest)
            {
                (largest, where) = (square, c);
            }
        }

        var clusters = comparison.Frame.Clusters;
        var least = effect.Gap.Rest.PValue < tolerances.Alpha ? tolerances.LargeShare : tolerances.HidingShare;
        return !(total > 0) || !double.IsFinite(total) || largest < least * total || clusters.Count < 4
            ? null
            : new ReasonCheck(
                "influential-cluster",
                ReasonOutcome.Remark,
                $"{clusters.Name} {clusters.Label(where)} alone carries {Wording.Number(100 * largest / total, 0)} % of the variance of "
                    + $"what remains: compare again without it.");
    }
}
