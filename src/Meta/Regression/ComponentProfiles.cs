using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Meta.Regression;

/// <summary>Intervals of the variances of true effects by their likelihood, the other variances at their best for each value.</summary>
public static class ComponentProfiles
{
    private const int MostRounds = 200;

    /// <summary>The intervals, one a component; an upper limit that the data do not have is infinite.</summary>
    /// <remarks>
    /// Where twice the (restricted) log-likelihood falls by the quantile of χ² with one degree of freedom. Every point is a search of its
    /// own, begun where the one before ended.
    /// </remarks>
    /// <param name="fit">A fit with several effects a study.</param>
    public static IReadOnlyList<Interval> Of(MetaRegressionFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var scaled = ScaledStudies.From(fit.Studies, fit.Data.Design, fit.Data.Names.Count);
        var unit2 = scaled.Unit * scaled.Unit;
        var likelihood = new ComponentLikelihood(
            scaled,
            [.. fit.Data.Groupings.Select(grouping => scaled.Order.ToArray().Select(i => grouping.Groups[i]).ToArray())],
            fit.Options.Estimator == HeterogeneityEstimator.Restricted);
        double[] best = [.. fit.Components.Select(component => component.Variance / unit2)];
        var quantile = StandardNormal.Quantile((1 + fit.Options.Level) / 2);
        var floor = likelihood.Value(best) - (quantile * quantile);
        using var work = LongWork.Begin("profile intervals", best.Length);
        return [.. work.Each(Enumerable.Range(0, best.Length)).Select(held =>
        {
            var (lower, upper) = Limits(likelihood, best, held, floor, fit.Options.Tolerances);
            return new Interval(lower * unit2, upper * unit2);
        })];
    }

    private static (double Lower, double Upper) Limits(
        ComponentLikelihood likelihood, double[] best, int held, double floor, MetaTolerances tolerances)
    {
        var warm = best;
        double Excess(double variance)
        {
            double[] start = [.. warm];
            start[held] = variance;
            warm = ComponentSearch.Climb(likelihood, start, tolerances, held).Variances;
            return likelihood.Value(warm) - floor;
        }

        var estimate = best[held];
        var lower = estimate == 0 || Excess(0) >= 0 ? 0 : Crossing(Excess, 0, estimate, tolerances);
        warm = best;
        var (inside, outside) = (estimate, Math.Max(2 * estimate, 1e-2));
        for (var round = 0; Excess(outside) > 0; round++)
        {
            if (round == MostRounds)
            {
                return (lower, double.PositiveInfinity);
            }

            (inside, outside) = (outside, 2 * outside);
        }

        return (lower, Crossing(Excess, outside, inside, tolerances));
    }

    /// <summary>The place between a variance with too low and one with enough likelihood, by halving.</summary>
    private static double Crossing(Func<double, double> excess, double outside, double inside, MetaTolerances tolerances)
    {
        for (var round = 0; round < MostRounds && Math.Abs(outside - inside) > tolerances.Limit * Math.Max(outside, inside); round++)
        {
            var middle = (outside + inside) / 2;
            (outside, inside) = excess(middle) < 0 ? (middle, inside) : (outside, middle);
        }

        return (outside + inside) / 2;
    }
}
