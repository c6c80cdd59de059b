using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>One cluster that carries much of the variance of what remains of the gap: the two models weigh an outlying cluster differently.</summary>
internal static class InfluentialClusterCheck
{
    /// <summary>The share of Σφ² from which one cluster is worth a remark when something remains to be explained.</summary>
    private const double LargeShare = 0.25;

    /// <summary>The share from which it may hide what remains, by its weight in the standard error.</summary>
    private const double HidingShare = 0.5;

    public static ReasonCheck? Run(ModelComparison comparison)
    {
        var rows = comparison.Effects[0].Rows;
        var difference = ClusterInfluence.Join(rows[1].Influence, rows[2].Influence).Transform([1, -1], 1).Values;
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
        var least = comparison.Effects[0].Gap.Rest.PValue < ReasonCheck.Alpha ? LargeShare : HidingShare;
        return largest < least * total || total == 0 || clusters.Count < 4
            ? null
            : new ReasonCheck(
                "influential-cluster",
                ReasonOutcome.Remark,
                $"{clusters.Name} {clusters.Label(where)} alone carries {Wording.Number(100 * largest / total, 0)} % of the variance of what remains: compare again without it.");
    }
}
