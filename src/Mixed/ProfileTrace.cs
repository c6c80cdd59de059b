using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Mixed;

/// <summary>The deviance 2(ℓ̂ − ℓ) along one parameter, everything else maximized at each of its values: a curve to draw.</summary>
/// <param name="Interval">The parameter's estimate and interval.</param>
/// <param name="Points">Values, ascending, with the deviance there; those at which the maximization failed are left out.</param>
public sealed record ProfileTrace(ProfileInterval Interval, IReadOnlyList<(double Value, double Deviance)> Points)
{
    private const int Steps = 12;
    private const double Beyond = 1.25;

    /// <summary>What the deviance is at the limits: the level's quantile of χ²(1).</summary>
    public double Cutoff
    {
        get
        {
            var root = Coefficient.CriticalValue(Interval.Level, null);
            return root * root;
        }
    }

    /// <summary>
    /// The same curve of the parameter divided by its estimate, which is then 1: curves of several parameters side by side.
    /// </summary>
    public ProfileTrace Relative() => new(
        Interval with { Estimate = 1, Lower = Interval.Lower / Interval.Estimate, Upper = Interval.Upper / Interval.Estimate },
        [.. Points.Select(point => (point.Value / Interval.Estimate, point.Deviance))]);

    /// <summary>
    /// The curve as it is to be shown when all searches have ended: without points and limits where the fit is not at its maximum.
    /// </summary>
    /// <param name="budget">What the searches took from.</param>
    public ProfileTrace Settle(ProfileBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return budget.IsOvertaken ? new ProfileTrace(budget.Settle(Interval), []) : this;
    }

    /// <summary>Follows a profile from the estimate outwards, a little beyond both limits of its interval.</summary>
    /// <param name="curve">The profile; each side is a search with what its budget gives to one.</param>
    /// <param name="interval">Its interval; a limit that is not finite is replaced by one as far as the other.</param>
    /// <param name="lowest">The least value that the parameter can have.</param>
    public static ProfileTrace Of(ProfileCurve curve, ProfileInterval interval, double lowest)
    {
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(interval);
        var estimate = interval.Estimate;
        var below = Beyond * (estimate - interval.Lower);
        var above = Beyond * (interval.Upper - estimate);
        below = double.IsFinite(below) ? below : above;
        above = double.IsFinite(above) ? above : below;
        if (!double.IsFinite(estimate) || !double.IsFinite(above))
        {
            return new ProfileTrace(interval, []);
        }

        var points = new List<(double Value, double Deviance)> { (estimate, 0) };
        using var work = LongWork.Begin("points of a profile", 2 * Steps);
        points.AddRange(work.Each(Side(curve, estimate, Math.Max(lowest, estimate - below))));
        points.AddRange(work.Each(Side(curve, estimate, estimate + above)));
        return new ProfileTrace(interval, [.. points.OrderBy(point => point.Value)]);
    }

    /// <summary>Each maximization starts from the one before, so a side is walked outwards.</summary>
    private static IEnumerable<(double Value, double Deviance)> Side(ProfileCurve curve, double estimate, double end)
    {
        curve.Begin();
        for (var k = 1; k <= Steps && end != estimate; k++)
        {
            var value = estimate + ((end - estimate) * k / Steps);
            var root = curve.Followed(value);
            if (double.IsFinite(root))
            {
                yield return (value, root * root);
            }
        }
    }
}
