using MarginalConditional.Compare.Simulation.Performance;

namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>Takes rows of estimates as the columns that measures are computed from.</summary>
internal static class SampleBuilder
{
    /// <summary>The columns of some usable rows.</summary>
    public static PerformanceSample Of(EstimateRows rows, IReadOnlyList<int> used, SummaryOptions options)
    {
        var given = rows.Lower is not null && rows.Upper is not null;
        return new PerformanceSample
        {
            Values = Taken(rows.Values, used),
            Errors = rows.Errors is null ? null : Taken(rows.Errors, used),
            HalfWidths = given || rows.Errors is null ? null : HalfWidths(rows, used, options.Level),
            Limits = given ? (Taken(rows.Lower!, used), Taken(rows.Upper!, used)) : null,
            Probabilities = rows.Probabilities is null ? null : Taken(rows.Probabilities, used),
            Truths = rows.Truths is null ? [.. Enumerable.Repeat(double.NaN, used.Count)] : Taken(rows.Truths, used),
            Null = options.Null,
        };
    }

    /// <summary>The intervals of some usable rows; none where no intervals are known.</summary>
    public static IReadOnlyList<IntervalEstimate> Intervals(EstimateRows rows, IReadOnlyList<int> used, SummaryOptions options)
    {
        var sample = Of(rows, used, options);
        if (sample is { Limits: null, HalfWidths: null })
        {
            return [];
        }

        return
        [
            .. used.Select((_, r) =>
            {
                var value = sample.Values[r];
                var (lower, upper) = sample.Limits is { } limits
                    ? (limits.Lower[r], limits.Upper[r])
                    : (value - sample.HalfWidths![r], value + sample.HalfWidths[r]);
                var distance = Math.Abs(value - sample.Truths[r]) / (sample.Errors is { } errors ? errors[r] : (upper - lower) / 2);
                return new IntervalEstimate(value, lower, upper, sample.Truths[r], distance);
            }),
        ];
    }

    private static double[] HalfWidths(EstimateRows rows, IReadOnlyList<int> used, double level)
    {
        var critical = new CriticalValues(level);
        return
        [
            .. used.Select(row => rows.Errors![row] * critical.Of(
                rows.DegreesOfFreedom is { } df && !double.IsNaN(df[row]) ? df[row] : double.PositiveInfinity)),
        ];
    }

    private static double[] Taken(IReadOnlyList<double> column, IReadOnlyList<int> used) => [.. used.Select(row => column[row])];
}
