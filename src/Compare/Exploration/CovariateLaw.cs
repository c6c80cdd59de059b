using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Exploration;

/// <summary>
/// The distribution, over patients, of what covariates add to the predictor, with mean 0 and standard deviation 1. Immutable.
/// </summary>
public sealed class CovariateLaw
{
    /// <summary>The normal density beyond it is below what rounding leaves of a mean.</summary>
    private const double HalfWidth = 8.5;

    private const double Rounding = 1e-12;

    private readonly double[] values;
    private readonly double[] differences;
    private readonly double[] weights;

    private CovariateLaw(double[] values, double[] differences, double[] weights)
    {
        this.values = values;
        this.differences = differences;
        this.weights = weights;
    }

    /// <summary>The normal distribution, with one effect for all.</summary>
    public static CovariateLaw Normal { get; } = new([], [], []);

    /// <summary>The standardized values; empty for the normal distribution.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>
    /// By how much the effect of treatment is larger than on the average, in units of the standard deviation of what the covariates add;
    /// as many as values.
    /// </summary>
    public ReadOnlySpan<double> Differences => differences;

    /// <summary>How much each counts, with sum 1; empty for the normal distribution.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The law of rows as they were seen, equal ones joined, with the averages and the standard deviation.</summary>
    /// <param name="control">Predictors without treatment, link scale.</param>
    /// <param name="treated">Predictors with it.</param>
    /// <param name="counts">How often each counts, 0 or more.</param>
    /// <returns>The normal law with a deviation of 0 when all predictors without treatment are equal.</returns>
    public static (CovariateLaw Law, double Mean, double Effect, double StandardDeviation) Of(
        ReadOnlySpan<double> control, ReadOnlySpan<double> treated, ReadOnlySpan<double> counts)
    {
        if (control.Length != counts.Length || treated.Length != counts.Length)
        {
            throw new ArgumentException("There must be one count for every predictor.", nameof(counts));
        }

        var sums = new SortedDictionary<(double Control, double Effect), double>();
        var total = 0.0;
        for (var i = 0; i < control.Length; i++)
        {
            if (counts[i] > 0)
            {
                var row = (control[i], treated[i] - control[i]);
                sums[row] = sums.GetValueOrDefault(row) + counts[i];
                total += counts[i];
            }
        }

        if (sums.Count == 0)
        {
            throw new ArgumentException("No predictor counts.", nameof(counts));
        }

        var mean = sums.Sum(row => row.Key.Control * row.Value) / total;
        var effect = sums.Sum(row => row.Key.Effect * row.Value) / total;
        var deviation = Math.Sqrt(sums.Sum(row => (row.Key.Control - mean) * (row.Key.Control - mean) * row.Value) / total);
        if (deviation <= Rounding * (1 + Math.Abs(mean)))
        {
            return (Normal, mean, effect, 0);
        }

        return (
            new CovariateLaw(
                [.. sums.Keys.Select(row => (row.Control - mean) / deviation)],
                [.. sums.Keys.Select(row => Rounded(row.Effect - effect, effect) / deviation)],
                [.. sums.Values.Select(sum => sum / total)]),
            mean,
            effect,
            deviation);
    }

    /// <summary>
    /// The law of standardized numbers, as <see cref="Values"/>, <see cref="Differences"/> and <see cref="Weights"/> give them.
    /// </summary>
    /// <param name="values">Values; none for the normal law.</param>
    /// <param name="differences">As many.</param>
    /// <param name="weights">As many, positive.</param>
    public static CovariateLaw FromStandardized(
        ReadOnlySpan<double> values, ReadOnlySpan<double> differences, ReadOnlySpan<double> weights) =>
        values.Length == weights.Length && values.Length == differences.Length
            ? values.IsEmpty ? Normal : new CovariateLaw(values.ToArray(), differences.ToArray(), weights.ToArray())
            : throw new ArgumentException("There must be one weight and one difference for every value.", nameof(weights));

    /// <summary>The law with a given standard deviation, as points that sums over it are exact with.</summary>
    /// <param name="standardDeviation">At least 0, link scale.</param>
    /// <param name="treated">How much of the difference of the effects is added too: 0 without treatment, 1 with it.</param>
    /// <remarks>
    /// For the normal the trapezoidal rule: the logistic function of η + γz is analytic for |Im z| below π/γ, and a step of
    /// 2π(π/γ)/28 leaves an error of exp(−28) (Trefethen and Weideman 2014).
    /// </remarks>
    internal LogisticMixture Scaled(double standardDeviation, double treated)
    {
        if (standardDeviation == 0)
        {
            return new LogisticMixture([0], [1]);
        }

        if (values.Length > 0)
        {
            return new LogisticMixture(
                [.. values.Zip(differences, (value, difference) => standardDeviation * (value + (treated * difference)))], weights);
        }

        var step = Math.Min(0.35, 2 * Math.PI * Math.PI / (28 * standardDeviation));
        var half = (int)Math.Ceiling(HalfWidth / step);
        var (points, densities) = (new double[(2 * half) + 1], new double[(2 * half) + 1]);
        for (var k = 0; k < points.Length; k++)
        {
            var z = (k - half) * step;
            (points[k], densities[k]) = (standardDeviation * z, step * StandardNormal.Density(z));
        }

        var sum = densities.Sum();
        return new LogisticMixture(points, [.. densities.Select(density => density / sum)]);
    }

    private static double Rounded(double difference, double effect) =>
        Math.Abs(difference) <= Rounding * (1 + Math.Abs(effect)) ? 0 : difference;
}
