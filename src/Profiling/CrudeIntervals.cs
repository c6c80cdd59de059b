using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Profiling;

/// <summary>Intervals of a rate from one unit's data alone.</summary>
internal static class CrudeIntervals
{
    /// <summary>The interval by family.</summary>
    /// <param name="family">The distribution of the response.</param>
    /// <param name="sums">The units' sums.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="z">The normal quantile.</param>
    public static Interval Of(Family family, UnitSums sums, int unit, double z) =>
        family == Family.Binomial ? Wilson(sums.Observed[unit], sums.Size[unit], z)
        : family == Family.Poisson ? Score(sums.Observed[unit], sums.Size[unit], z)
        : Normal(sums, unit, z);

    /// <summary>Wilson (1927): the proportions p with |O/n − p| ≤ z√(p(1 − p)/n).</summary>
    internal static Interval Wilson(double events, double trials, double z)
    {
        var share = events / trials;
        var center = (share + (z * z / (2 * trials))) / (1 + (z * z / trials));
        var half = z / (1 + (z * z / trials)) * Math.Sqrt((share * (1 - share) / trials) + (z * z / (4 * trials * trials)));
        return new Interval(events == 0 ? 0 : center - half, events == trials ? 1 : center + half);
    }

    /// <summary>The rates r with |O − r·size| ≤ z√(r·size).</summary>
    internal static Interval Score(double events, double exposure, double z)
    {
        var half = z * Math.Sqrt(events + (z * z / 4));
        return new Interval(Math.Max(0, (events + (z * z / 2) - half) / exposure), (events + (z * z / 2) + half) / exposure);
    }

    private static Interval Normal(UnitSums sums, int unit, double z)
    {
        var rows = sums.Rows[unit];
        if (rows < 2)
        {
            return new Interval(double.NaN, double.NaN);
        }

        var mean = sums.Observed[unit] / sums.Size[unit];
        var variance = Math.Max(0, (sums.Squares[unit] / sums.Size[unit]) - (mean * mean)) * rows / (rows - 1);
        return Interval.Around(mean, z * Math.Sqrt(variance / rows));
    }
}
