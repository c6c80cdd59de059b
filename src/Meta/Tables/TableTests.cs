using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Meta.Tables;

/// <summary>The classical tests over 2×2 tables.</summary>
internal static class TableTests
{
    /// <summary>Computes them.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="oddsRatio">ψ, the common odds ratio.</param>
    public static StratifiedTests Of(IReadOnlyList<TwoByTwo> tables, double oddsRatio)
    {
        TwoByTwo[] informative = [.. tables.Where(table => !table.IsDoubleZero)];
        double excess = 0, spread = 0, distance = 0, sum = 0, inverse = 0;
        foreach (var table in informative)
        {
            var (expected, variance) = Hypergeometric(table);
            excess += table.TreatmentEvents - expected;
            spread += variance;
            var fitted = Fitted(table, oddsRatio);
            var v = 1 / ((1 / fitted) + (1 / (table.TreatmentTotal - fitted)) + (1 / (Events(table) - fitted))
                + (1 / (table.ControlTotal - Events(table) + fitted)));
            var miss = table.TreatmentEvents - fitted;
            distance += miss * miss / v;
            sum += miss;
            inverse += v;
        }

        var degrees = informative.Length - 1;
        var association = excess * excess / spread;
        var tarone = Math.Max(0, distance - (sum * sum / inverse));
        var defined = degrees > 0 && oddsRatio is > 0 and < double.PositiveInfinity;
        return new StratifiedTests(
            association,
            ChiSquaredDistribution.UpperTail(association, 1),
            defined ? distance : null,
            defined ? tarone : null,
            degrees,
            defined ? ChiSquaredDistribution.UpperTail(tarone, degrees) : null);
    }

    /// <summary>Mean and variance of the treated events when the margins are fixed and there is no effect.</summary>
    public static (double Expected, double Variance) Hypergeometric(TwoByTwo table)
    {
        var total = table.TreatmentTotal + table.ControlTotal;
        var events = Events(table);
        return (
            table.TreatmentTotal * events / total,
            table.TreatmentTotal * table.ControlTotal / total * events * (total - events) / (total * (total - 1)));
    }

    /// <summary>
    /// The treated events that give a table with these margins the odds ratio ψ: the root of a quadratic between its bounds.
    /// </summary>
    private static double Fitted(TwoByTwo table, double oddsRatio)
    {
        var (n, m, events) = (table.TreatmentTotal, table.ControlTotal, Events(table));
        var (square, linear, constant) = (1 - oddsRatio, m - events + (oddsRatio * (events + n)), -oddsRatio * events * n);

        // Without cancellation: the other root lies outside the bounds.
        return -2 * constant / (linear + Math.Sqrt((linear * linear) - (4 * square * constant)));
    }

    private static double Events(TwoByTwo table) => table.TreatmentEvents + table.ControlEvents;
}
