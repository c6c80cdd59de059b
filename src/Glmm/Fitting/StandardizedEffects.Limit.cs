using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Glmm.Fitting;

/// <content>The limit along a ray.</content>
internal sealed partial class StandardizedEffects
{
    private const double ShortestLimitStep = 0.01;
    private const double LongestLimitStep = 0.3;
    private const double LimitBudget = 1e7;

    /// <summary>The evaluations of a row that <see cref="Limit"/> needs.</summary>
    public double LimitWork => rows.Count * Math.Pow(2 * Reach / LimitStep, Count - 1);

    private double LimitStep => Count == 1
        ? ShortestLimitStep
        : Math.Clamp(2 * Reach * Math.Pow(rows.Count / LimitBudget, 1.0 / (Count - 1)), ShortestLimitStep, LongestLimitStep);

    /// <summary>What the log-likelihood tends to along the ray; −∞ where some group is impossible.</summary>
    /// <param name="predictor">xᵀβ of each row, in units of the loadings.</param>
    public double Limit(double[] predictor)
    {
        var moved = Copies(predictor, Count);
        return Sum(Starts(0), (first, end) => Along(0, first, end, moved));
    }

    private double Interval(int first, int end, double[] predictor, int effect)
    {
        var (low, high, _, _) = Bounds(first, end, predictor, effect);
        return Probability(low, high);
    }

    /// <summary>The limit of a group of an effect, by the middles of small steps: it has kinks, and ends.</summary>
    private double Along(int effect, int first, int end, double[][] moved)
    {
        if (effect == Count - 1)
        {
            return Interval(first, end, moved[effect], effect);
        }

        var (from, to) = (-Reach, Reach);
        for (var row = first; row < end; row++)
        {
            if (IsLast(effect, row))
            {
                var (low, high, _, _) = Bounds(row, row + 1, moved[effect], effect);
                (from, to) = (Math.Max(from, low), Math.Min(to, high));
            }
        }

        if (!(from < to))
        {
            return 0;
        }

        var steps = (int)Math.Ceiling((to - from) / LimitStep);
        var (step, sum) = ((to - from) / steps, 0.0);
        for (var k = 0; k < steps; k++)
        {
            var z = from + ((k + 0.5) * step);
            var product = 1.0;
            Move(effect, first, end, z, moved);
            for (int start = first, next; start < end && product > 0; start = next)
            {
                next = Next(effect + 1, start, end);
                product *= Along(effect + 1, start, next, moved);
            }

            sum += product > 0 ? product * StandardNormal.Density(z) : 0;
        }

        return sum * step;
    }

    /// <summary>Whether no later effect moves the row.</summary>
    private bool IsLast(int effect, int row)
    {
        for (var later = effect + 1; later < Count; later++)
        {
            if (Loadings[later][row] != 0)
            {
                return false;
            }
        }

        return true;
    }
}
