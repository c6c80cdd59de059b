using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Glmm.Fitting;

/// <content>The limit along a ray.</content>
internal sealed partial class StandardizedEffects
{
    private const double ShortestLimitStep = 0.01;
    private const double LongestLimitStep = 0.3;
    private const double LimitBudget = 3e6;
    private const double LimitPrecision = 1e-6;
    private const double MostLimitRows = 8e6;
    private const double MostVisitsPerRow = 100;

    private double limitRows;

    /// <summary>The evaluations of a row that <see cref="Limit"/> needs.</summary>
    public double LimitWork => rows.Count * Math.Pow(2 * Reach / LimitStep, Count - 1);

    private double LimitStep => Count == 1
        ? ShortestLimitStep
        : Math.Clamp(2 * Reach * Math.Pow(rows.Count / LimitBudget, 1.0 / (Count - 1)), ShortestLimitStep, LongestLimitStep);

    /// <summary>
    /// What the log-likelihood tends to along the ray; −∞, the lower bound that needs nothing, where some group is impossible, or where
    /// more rows have to be visited than anybody waits for: <see cref="LimitWork"/> is far above what sums over few effects visit, as many
    /// of their places are impossible, and may be near it for more.
    /// </summary>
    /// <param name="predictor">xᵀβ of each row, in units of the loadings.</param>
    public double Limit(double[] predictor)
    {
        var moved = Copies(predictor, Count);
        limitRows = 0;
        var limit = Sum(Starts(0), (first, end) => Along(0, first, end, moved));
        return limitRows > MostVisits ? double.NegativeInfinity : limit;
    }

    /// <summary>Large data have sums of their own size, over two effects.</summary>
    private double MostVisits => Math.Max(MostLimitRows, LimitBudget + (MostVisitsPerRow * rows.Count));

    private double Interval(int first, int end, double[] predictor, int effect)
    {
        var (low, high, _, _) = Bounds(first, end, predictor, effect);
        return Probability(low, high);
    }

    /// <summary>
    /// The limit of a group of an effect, by the middles of small steps, from the inner ones outwards: it has kinks, and ends.
    /// </summary>
    private double Along(int effect, int first, int end, double[][] moved)
    {
        if (effect == Count - 1)
        {
            limitRows += end - first;
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
        var middle = Math.Clamp((int)(-from / step), 0, steps - 1);
        for (var k = middle; k < steps && Matters(k); k++)
        {
            Add(k);
        }

        for (var k = middle - 1; k >= 0 && Matters(k); k--)
        {
            Add(k);
        }

        return sum * step;

        double Place(int k) => from + ((k + 0.5) * step);

        // Probabilities are at most 1, and densities fall from the middle on.
        bool Matters(int k) => StandardNormal.Density(Place(k)) * steps > LimitPrecision * sum && limitRows <= MostVisits;

        void Add(int k)
        {
            var product = 1.0;
            Move(effect, first, end, Place(k), moved);
            for (int start = first, next; start < end && product > 0; start = next)
            {
                next = Next(effect + 1, start, end);
                product *= Along(effect + 1, start, next, moved);
            }

            sum += product > 0 ? product * StandardNormal.Density(Place(k)) : 0;
        }
    }

    /// <summary>Whether no later effect moves the row.</summary>
    private bool IsLast(int effect, int row)
    {
        var later = effect + 1;
        while (later < Count && Loadings[later][row] == 0)
        {
            later++;
        }

        return later == Count;
    }
}
