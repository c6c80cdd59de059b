using MarginalConditional.Cli.Predictions;
using MarginalConditional.Data;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Imputed;

/// <summary>Pools the predictions of new rows that were made by the fit of each imputed data set.</summary>
internal static class PooledPredictions
{
    /// <summary>More degrees of freedom than this are the normal's.</summary>
    private const double Most = 1e7;

    private const int Halvings = 60;

    /// <summary>The pooled rows: estimates that have limits on the scale of these, others as they are.</summary>
    /// <param name="sets">The predictions of each set, of the same rows.</param>
    /// <param name="level">Of the intervals.</param>
    public static PredictedRows Of(IReadOnlyList<PredictedRows> sets, double level)
    {
        var first = sets[0];
        var places = first.Columns.Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        if (sets.Any(set => set.Rows.Count != first.Rows.Count))
        {
            throw new InputException("The predictions of the imputed data sets are of different rows.");
        }

        double[] Pooled(int row)
        {
            var numbers = (double[])first.Numbers[row].Clone();
            var pooled = new HashSet<string>(StringComparer.Ordinal);
            foreach (var group in first.Groups)
            {
                // Several errors may belong to one estimate, which is pooled with the first of them.
                Pool(group, numbers, [.. sets.Select(set => set.Numbers[row])], places, level, pooled.Add(group.Estimate));
            }

            return numbers;
        }

        return first with { Numbers = [.. Enumerable.Range(0, first.Rows.Count).Select(Pooled)] };
    }

    private static void Pool(
        PredictionGroup group, double[] pooled, double[][] sets, IReadOnlyDictionary<string, int> places, double level,
        bool isFirst)
    {
        var estimate = places[group.Estimate];
        if (group.Error.Length == 0)
        {
            pooled[estimate] = sets.Average(numbers => numbers[estimate]);
            return;
        }

        var error = places[group.Error];
        var hasLimits = group.Lower.Length > 0;
        Coefficient[] rows =
        [
            .. sets.Select(numbers => Coefficient.Wald(
                string.Empty, numbers[estimate], numbers[error], hasLimits ? Degrees(group, numbers, places, level) : null, level)),
        ];
        var (row, parts) = PooledRow.Of(rows, level, PoolScale.Of(group.Link));
        pooled[error] = parts is null ? double.NaN : row.StandardError;
        pooled[estimate] = isFirst ? row.Estimate : pooled[estimate];
        if (hasLimits)
        {
            (pooled[places[group.Lower]], pooled[places[group.Upper]]) = (row.Lower, row.Upper);
        }
    }

    /// <summary>The degrees of freedom of limits, from their distance in standard errors; null for the normal.</summary>
    private static double? Degrees(PredictionGroup group, double[] numbers, IReadOnlyDictionary<string, int> places, double level)
    {
        var mean = numbers[places[group.Estimate]];
        var link = group.Link;
        var error = numbers[places[group.Error]] / Math.Abs(link.Derivative(link.Predictor(mean)));
        var half = Math.Abs(link.Predictor(numbers[places[group.Upper]]) - link.Predictor(numbers[places[group.Lower]])) / 2;
        var critical = half / error;
        if (!double.IsFinite(critical) || critical <= Coefficient.CriticalValue(level, Most))
        {
            return null;
        }

        var (low, high) = (Math.Log(1e-3), Math.Log(Most));
        for (var k = 0; k < Halvings; k++)
        {
            var middle = (low + high) / 2;
            (low, high) = Coefficient.CriticalValue(level, Math.Exp(middle)) > critical ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }
}
