using MarginalConditional.Data;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Tables;

/// <summary>
/// Mantel and Haenszel's common effect: ratios and differences of weighted sums over tables, which need no correction for zeros.
/// </summary>
/// <remarks>
/// Variances right for few large and for many small tables: Robins, Breslow and Greenland (1986) for the odds ratio, Greenland and Robins
/// (1985) for the risk ratio and for rates, Sato, Greenland and Robins (1989) for the risk difference.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Meta;
/// using MarginalConditional.Meta.Effects;
/// using MarginalConditional.Meta.Tables;
///
/// var counts = StudyCounts.Read(
///     DatasetReader.Read("trials.csv"), ("cases1", "others1"), ("cases0", "others0"), labelColumns: ["trial"]);
/// Console.WriteLine(MantelHaenszel.Fit(counts, StudyMeasure.RiskRatio, new MetaAnalysisOptions()));
/// </code>
/// </example>
public static class MantelHaenszel
{
    /// <summary>Combines tables.</summary>
    /// <param name="counts">At least two informative tables.</param>
    /// <param name="measure">Odds ratio, risk ratio or risk difference.</param>
    /// <param name="options">The level; estimator and interval have no part.</param>
    /// <exception cref="InputException">Fewer than two tables are informative, or an arm has no event in any of them.</exception>
    public static MetaAnalysisFit Fit(StudyCounts counts, StudyMeasure.CountMeasure measure, MetaAnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(options);
        TwoByTwo[] tables = [.. counts.Tables.Where(table => !measure.IsLogarithmic || !table.IsDoubleZero)];
        var isOdds = measure == StudyMeasure.OddsRatio;
        double[] weights = [.. tables.Select(table => isOdds
            ? Per(table, table.TreatmentNonEvents * table.ControlEvents)
            : measure == StudyMeasure.RiskRatio
                ? Per(table, table.ControlEvents * table.TreatmentTotal)
                : Per(table, table.TreatmentTotal * table.ControlTotal))];
        var (estimate, variance) = isOdds ? OddsRatio(tables)
            : measure == StudyMeasure.RiskRatio ? RiskRatio(tables)
            : RiskDifference(tables);
        var effects = counts.Effects(measure, new ZeroCells { DropDoubleZero = measure.IsLogarithmic });
        return CommonEffect.Of(
            TableMethod.MantelHaenszel,
            effects,
            [.. counts.ReadingNotes, .. StudyNotes.OfUninformative(counts.Tables.Count - tables.Length)],
            [.. weights.Select(weight => weight / weights.Sum())],
            (estimate, variance),
            options,
            isOdds ? TableTests.Of(tables, Math.Exp(estimate)) : null);
    }

    /// <summary>Combines events over person-time.</summary>
    /// <param name="rates">At least two studies with events.</param>
    /// <param name="measure">Rate ratio or rate difference.</param>
    /// <param name="options">The level.</param>
    /// <exception cref="InputException">Fewer than two studies are informative, or an arm has no event in any of them.</exception>
    public static MetaAnalysisFit Fit(StudyRates rates, StudyMeasure.RateMeasure measure, MetaAnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(rates);
        ArgumentNullException.ThrowIfNull(measure);
        ArgumentNullException.ThrowIfNull(options);
        var arms = rates.Arms;
        double treated = 0, controls = 0, spread = 0, shared = 0, squared = 0;
        var weights = new double[arms.Count];
        for (var i = 0; i < weights.Length; i++)
        {
            var (one, two) = arms[i];
            var (first, second) = (one.Time / (one.Time + two.Time), two.Time / (one.Time + two.Time));
            treated += one.Events * second;
            controls += two.Events * first;
            spread += first * second * (one.Events + two.Events);
            shared += one.Time * second;
            squared += (second * second * one.Events) + (first * first * two.Events);
            weights[i] = measure.IsLogarithmic ? two.Events * first : one.Time * second;
        }

        int[] kept = [.. Enumerable.Range(0, weights.Length)
            .Where(i => !measure.IsLogarithmic || arms[i].Treatment.Events + arms[i].Control.Events > 0)];
        return CommonEffect.Of(
            TableMethod.MantelHaenszel,
            rates.Effects(measure, new ZeroCells { DropDoubleZero = measure.IsLogarithmic }),
            rates.ReadingNotes,
            [.. kept.Select(i => weights[i] / weights.Sum())],
            measure.IsLogarithmic
                ? (Math.Log(treated / controls), spread / (treated * controls))
                : ((treated - controls) / shared, squared / (shared * shared)),
            options,
            null);
    }

    private static (double Estimate, double Variance) OddsRatio(IReadOnlyList<TwoByTwo> tables)
    {
        double r = 0, s = 0, first = 0, middle = 0, last = 0;
        foreach (var table in tables)
        {
            var concordant = Per(table, table.TreatmentEvents * table.ControlNonEvents);
            var discordant = Per(table, table.TreatmentNonEvents * table.ControlEvents);
            var p = Per(table, table.TreatmentEvents + table.ControlNonEvents);
            var q = Per(table, table.TreatmentNonEvents + table.ControlEvents);
            (r, s) = (r + concordant, s + discordant);
            first += p * concordant;
            middle += (p * discordant) + (q * concordant);
            last += q * discordant;
        }

        return (Math.Log(r / s), ((first / (r * r)) + (middle / (r * s)) + (last / (s * s))) / 2);
    }

    private static (double Estimate, double Variance) RiskRatio(IReadOnlyList<TwoByTwo> tables)
    {
        double r = 0, s = 0, spread = 0;
        foreach (var table in tables)
        {
            r += Per(table, table.TreatmentEvents * table.ControlTotal);
            s += Per(table, table.ControlEvents * table.TreatmentTotal);
            spread += (Per(table, table.TreatmentTotal) * Per(table, table.ControlTotal) * (table.TreatmentEvents + table.ControlEvents))
                - Per(table, table.TreatmentEvents * table.ControlEvents);
        }

        return (Math.Log(r / s), spread / (r * s));
    }

    private static (double Estimate, double Variance) RiskDifference(IReadOnlyList<TwoByTwo> tables)
    {
        double difference = 0, weight = 0, p = 0, q = 0;
        foreach (var table in tables)
        {
            var (n, m) = (table.TreatmentTotal, table.ControlTotal);
            var (a, c) = (table.TreatmentEvents, table.ControlEvents);
            difference += Per(table, (a * m) - (c * n));
            weight += Per(table, n * m);
            p += (c * Per(table, n) * Per(table, n)) - (a * Per(table, m) * Per(table, m))
                + (Per(table, n) * Per(table, m) * (m - n) / 2);
            q += Per(table, (a * (m - c)) + (c * (n - a))) / 2;
        }

        var estimate = difference / weight;
        return (estimate, ((estimate * p) + q) / (weight * weight));
    }

    private static double Per(TwoByTwo table, double amount) => amount / (table.TreatmentTotal + table.ControlTotal);
}
