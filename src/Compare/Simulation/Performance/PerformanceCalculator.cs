using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>
/// Computes the performance measures of one method in one scenario with their
/// Monte Carlo standard errors (Morris, White and Crowther 2019, table 6).
/// </summary>
internal sealed class PerformanceCalculator
{
    private readonly double truth;
    private readonly double[] values;
    private readonly double[] errors;
    private readonly double[] halfWidths;
    private readonly double mean;
    private readonly double deviation;

    public PerformanceCalculator(ReadOnlySpan<EffectEstimate> estimates, double truth, double level)
    {
        this.truth = truth;
        var usable = new List<EffectEstimate>(estimates.Length);
        foreach (var estimate in estimates)
        {
            if (estimate.IsUsable)
            {
                usable.Add(estimate);
            }
        }

        values = [.. usable.Select(estimate => estimate.Value)];
        errors = [.. usable.Select(estimate => estimate.StandardError)];
        var critical = new Dictionary<double, double>();
        halfWidths = [.. usable.Select(estimate => estimate.StandardError * Critical(critical, estimate.DegreesOfFreedom, level))];
        mean = Average(values);
        deviation = Math.Sqrt(Variance(values));
    }

    private int Count => values.Length;

    public PerformanceMeasure Mean => new(mean, deviation / Math.Sqrt(Count));

    public PerformanceMeasure Bias => new(mean - truth, deviation / Math.Sqrt(Count));

    public PerformanceMeasure EmpiricalError => new(deviation, deviation / Math.Sqrt(2.0 * (Count - 1)));

    public PerformanceMeasure MeanSquaredError
    {
        get
        {
            var squares = values.Select(value => (value - truth) * (value - truth)).ToArray();
            return new PerformanceMeasure(Average(squares), Math.Sqrt(Variance(squares) / Count));
        }
    }

    public PerformanceMeasure ModelError
    {
        get
        {
            var (model, variance) = ModelErrorAndVariance();
            return new PerformanceMeasure(model, Math.Sqrt(variance / (4.0 * Count * model * model)));
        }
    }

    public PerformanceMeasure RelativeError
    {
        get
        {
            var (model, variance) = ModelErrorAndVariance();
            var relative = Math.Sqrt((variance / (4.0 * Count * Math.Pow(model, 4))) + (1 / (2.0 * (Count - 1))));
            return new PerformanceMeasure(100 * ((model / deviation) - 1), 100 * (model / deviation) * relative);
        }
    }

    public PerformanceMeasure Coverage => IntervalsAround(truth);

    public PerformanceMeasure BiasEliminatedCoverage => IntervalsAround(mean);

    public PerformanceMeasure Rejection
    {
        get
        {
            var holding = Holding(0);
            return PerformanceMeasure.Proportion(Count - holding, Count);
        }
    }

    /// <summary>100[(s_ref/s)² − 1] with MCSE 200(s_ref/s)²√{(1 − ρ²)/(n − 1)}, over replicates usable for both methods.</summary>
    public static PerformanceMeasure RelativePrecision(ReadOnlySpan<EffectEstimate> reference, ReadOnlySpan<EffectEstimate> method)
    {
        var a = new List<double>();
        var b = new List<double>();
        for (var r = 0; r < method.Length; r++)
        {
            if (reference[r].IsUsable && method[r].IsUsable)
            {
                a.Add(reference[r].Value);
                b.Add(method[r].Value);
            }
        }

        var (meanA, meanB) = (Average(a), Average(b));
        var covariance = 0.0;
        for (var r = 0; r < a.Count; r++)
        {
            covariance += (a[r] - meanA) * (b[r] - meanB) / (a.Count - 1);
        }

        var ratio = Variance(a) / Variance(b);
        var squaredCorrelation = Math.Min(1, covariance * covariance / (Variance(a) * Variance(b)));
        return new PerformanceMeasure(100 * (ratio - 1), 200 * ratio * Math.Sqrt((1 - squaredCorrelation) / (a.Count - 1)));
    }

    private static double Critical(Dictionary<double, double> known, double degreesOfFreedom, double level)
    {
        if (!known.TryGetValue(degreesOfFreedom, out var value))
        {
            value = Coefficient.CriticalValue(level, double.IsPositiveInfinity(degreesOfFreedom) ? null : degreesOfFreedom);
            known.Add(degreesOfFreedom, value);
        }

        return value;
    }

    private static double Average(IReadOnlyCollection<double> numbers) => numbers.Count == 0 ? double.NaN : numbers.Sum() / numbers.Count;

    private static double Variance(IReadOnlyCollection<double> numbers)
    {
        var average = Average(numbers);
        return numbers.Count < 2 ? double.NaN : numbers.Sum(number => (number - average) * (number - average)) / (numbers.Count - 1);
    }

    private (double ModelError, double VarianceOfSquares) ModelErrorAndVariance()
    {
        var squares = errors.Select(error => error * error).ToArray();
        return (Math.Sqrt(Average(squares)), Variance(squares));
    }

    private PerformanceMeasure IntervalsAround(double value) => PerformanceMeasure.Proportion(Holding(value), Count);

    private int Holding(double value)
    {
        var count = 0;
        for (var r = 0; r < Count; r++)
        {
            count += Math.Abs(values[r] - value) <= halfWidths[r] ? 1 : 0;
        }

        return count;
    }
}
