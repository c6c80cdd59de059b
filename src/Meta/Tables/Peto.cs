using MarginalConditional.Data;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Tables;

/// <summary>Peto's common odds ratio: one step of the likelihood from no effect, Σ(O − E)/ΣV.</summary>
/// <remarks>
/// Yusuf, Peto, Lewis, Collins and Sleight (1985). Biased where the effect is large or the arms are of very different size (Greenland and
/// Salvan 1990).
/// </remarks>
public static class Peto
{
    /// <summary>From this odds ratio, or its inverse, the method's bias is worth a sentence.</summary>
    private const double Large = 5;

    /// <summary>From this ratio of the arms' sizes.</summary>
    private const double Unbalanced = 3;

    /// <summary>Combines tables.</summary>
    /// <param name="counts">At least two tables with an event and a non-event.</param>
    /// <param name="options">The level; estimator and interval have no part.</param>
    /// <exception cref="InputException">Fewer than two tables are informative.</exception>
    public static MetaAnalysisFit Fit(StudyCounts counts, MetaAnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(options);
        int[] kept = [.. Enumerable.Range(0, counts.Tables.Count).Where(i => !counts.Tables[i].IsDoubleZero)];
        double[] effects = new double[kept.Length], variances = new double[kept.Length];
        double excess = 0, information = 0;
        for (var i = 0; i < kept.Length; i++)
        {
            var table = counts.Tables[kept[i]];
            var (expected, variance) = TableTests.Hypergeometric(table);
            excess += table.TreatmentEvents - expected;
            information += variance;
            (effects[i], variances[i]) = ((table.TreatmentEvents - expected) / variance, 1 / variance);
        }

        var studies = new StudyEffects([.. kept.Select(i => counts.Labels[i])], effects, variances, StudyMeasure.OddsRatio)
        {
            Dropped = counts.Dropped + counts.Tables.Count - kept.Length,
        };
        var tests = kept.Length == 0 ? null
            : TableTests.Of(counts.Tables, Math.Exp(excess / information)) with { BreslowDay = null, Tarone = null, TaronePValue = null };
        var ratio = Math.Abs(excess / information) > Math.Log(Large);
        var unbalanced = kept.Count(i => Math.Abs(Math.Log(counts.Tables[i].TreatmentTotal / counts.Tables[i].ControlTotal))
            > Math.Log(Unbalanced));
        string[] cautions =
        [
            .. ratio ? new[] { "Peto's method is a step from no effect and biased where it is as large as this; --method MH is not." } : [],
            .. unbalanced > 0 ? new[] { Unequal(unbalanced, kept.Length) } : [],
        ];
        return CommonEffect.Of(
            TableMethod.Peto,
            studies,
            [.. counts.ReadingNotes, .. cautions],
            [.. variances.Select(variance => 1 / variance / information)],
            (excess / information, 1 / information),
            options,
            tests);
    }

    private static string Unequal(int unbalanced, int studies) =>
        FormattableString.Invariant($"In {unbalanced} of {studies} studies one arm is more than three times the other, and Peto's method ")
            + "is biased there; --method MH is not.";
}
