using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Imputation;

/// <summary>One row of a table, estimated in each completed data set and pooled.</summary>
/// <param name="Inference">Estimate, standard error, degrees of freedom, test, interval and fraction of missing information.</param>
/// <param name="Parts">What it was pooled from, on the scale it was pooled on; null where a set has no estimate.</param>
/// <example>
/// <code>
/// using MarginalConditional.Imputation;
/// using MarginalConditional.Statistics.Inference;
///
/// var pooled = PooledRow.Of(
///     [Coefficient.Wald("arm", 0.51, 0.20, null), Coefficient.Wald("arm", 0.47, 0.21, null)], level: 0.95);
/// Console.WriteLine(pooled);
/// </code>
/// </example>
public sealed record PooledRow(Coefficient Inference, PooledEstimate? Parts)
{
    /// <summary>A limit or test this near to that of the standard error is symmetric but for rounding.</summary>
    private const double Symmetric = 1e-7;

    /// <summary>Pools a row.</summary>
    /// <remarks>
    /// Where limits are not as far on either side, or the test is another than that of the standard error, each of the three has a variance
    /// of its own in every set: the squared distance of the limit in units of its critical value, and (estimate/statistic)². Each is pooled
    /// as a variance within the sets, so that rows with symmetric limits are Rubin's and skewed ones stay skewed. Estimates that are the
    /// same in all sets keep their sets' law.
    /// </remarks>
    /// <param name="rows">The row in each set, m of them, at least 2.</param>
    /// <param name="level">Of the intervals, those of the sets and the pooled one.</param>
    /// <param name="scale">The scale to pool on; null for the estimates' own.</param>
    /// <param name="completeDegreesOfFreedom">ν_c; null for the mean of the rows' own.</param>
    public static PooledRow Of(
        IReadOnlyList<Coefficient> rows, double level, PoolScale? scale = null, double? completeDegreesOfFreedom = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var term = rows[0].Term;
        if (rows.Any(row => !double.IsFinite(row.Estimate)))
        {
            var same = rows.All(row => row.Estimate == rows[0].Estimate);
            return new PooledRow(same ? rows[0] : Coefficient.NotEstimable(term), null);
        }

        scale ??= PoolScale.Identity;
        double[] errors = [.. rows.Select(row => row.StandardError)];
        var moved = rows.Zip(errors, (row, error) => scale.Forward(row.Estimate, error)).ToArray();
        double[] estimates = [.. moved.Select(one => one.Estimate)];
        var parts = PooledEstimate.Of(
            estimates, [.. moved.Select(one => one.Error * one.Error)], completeDegreesOfFreedom ?? Degrees(rows));
        if (estimates.Any(value => !double.IsFinite(value)))
        {
            return new PooledRow(Coefficient.NotEstimable(term), null);
        }

        var own = parts.Test(term, level);
        return scale == PoolScale.Identity
            ? new PooledRow(Skewed(rows, parts, own, level), parts)
            : new PooledRow(BroughtBack(own, scale), parts);
    }

    /// <summary>The mean of the rows' degrees of freedom; null when one of them is infinite.</summary>
    internal static double? Degrees(IReadOnlyList<Coefficient> rows) => rows.Any(row => row.DegreesOfFreedom is null)
        ? null
        : rows.Average(row => row.DegreesOfFreedom!.Value);

    private static Coefficient BroughtBack(Coefficient own, PoolScale scale)
    {
        var mean = scale.Back(own.Estimate);
        var (one, other) = (scale.Back(own.Lower), scale.Back(own.Upper));
        return own with
        {
            Estimate = mean,
            StandardError = scale.ErrorBack(mean, own.StandardError),
            Lower = Math.Min(one, other),
            Upper = Math.Max(one, other),
        };
    }

    private static Coefficient Skewed(IReadOnlyList<Coefficient> rows, PooledEstimate parts, Coefficient own, double level)
    {
        var (below, above, test) = (new double[rows.Count], new double[rows.Count], new double[rows.Count]);
        var symmetric = true;
        for (var l = 0; l < rows.Count; l++)
        {
            var row = rows[l];
            var critical = Coefficient.CriticalValue(level, row.DegreesOfFreedom);
            below[l] = Near((row.Estimate - row.Lower) / critical, row.StandardError);
            above[l] = Near((row.Upper - row.Estimate) / critical, row.StandardError);
            test[l] = row.Statistic == 0 ? row.StandardError : Near(Math.Abs(row.Estimate / row.Statistic), row.StandardError);
            symmetric &= below[l] == row.StandardError && above[l] == row.StandardError && test[l] == row.StandardError;
        }

        if (symmetric || !double.IsFinite(own.StandardError) || own.StandardError == 0)
        {
            return own;
        }

        var added = parts.Total - parts.Within;
        var half = Coefficient.CriticalValue(level, own.DegreesOfFreedom);
        var statistic = own.Estimate / Math.Sqrt(Square(test) + added);
        return own with
        {
            Statistic = statistic,
            PValue = StudentDistribution.TwoSided(statistic, own.DegreesOfFreedom ?? double.PositiveInfinity),
            Lower = own.Estimate - (half * Math.Sqrt(Square(below) + added)),
            Upper = own.Estimate + (half * Math.Sqrt(Square(above) + added)),
        };
    }

    private static double Near(double value, double error) => Math.Abs(value - error) <= Symmetric * error ? error : value;

    private static double Square(double[] errors) => errors.Average(error => error * error);
}
