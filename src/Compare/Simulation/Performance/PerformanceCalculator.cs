using MarginalConditional.Compare.Simulation.Estimators;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>
/// Computes the performance measures of one method in one scenario with their
/// Monte Carlo standard errors (Morris, White and Crowther 2019, table 6).
/// </summary>
internal sealed class PerformanceCalculator
{
    private readonly PerformanceSample sample;
    private readonly double level;
    private readonly double[] values;
    private readonly double[] distances;
    private readonly double mean;
    private readonly double deviation;

    public PerformanceCalculator(ReadOnlySpan<EffectEstimate> estimates, double truth, double level)
        : this(SampleOf(estimates, truth, level), level)
    {
    }

    public PerformanceCalculator(PerformanceSample sample, double level)
    {
        this.sample = sample;
        this.level = level;
        values = sample.Values;
        distances = [.. values.Select((value, r) => value - sample.Truths[r])];
        mean = Average(values);
        deviation = Math.Sqrt(Variance(values));
    }

    private int Count => values.Length;

    public PerformanceMeasure Mean => new(mean, deviation / Math.Sqrt(Count));

    public PerformanceMeasure Bias => HasOneTruth && Count > 0 ? Mean with { Value = mean - sample.Truths[0] } : MeanOf(distances);

    public PerformanceMeasure RelativeBias => Array.TrueForAll(sample.Truths, truth => truth != 0)
        ? MeanOf([.. distances.Select((distance, r) => distance / sample.Truths[r])])
        : PerformanceMeasure.Unknown;

    public PerformanceMeasure EmpiricalError => new(deviation, deviation / Math.Sqrt(2.0 * (Count - 1)));

    public PerformanceMeasure MeanSquaredError => MeanOf([.. distances.Select(distance => distance * distance)]);

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

    public PerformanceMeasure Coverage => IntervalsAround(r => sample.Truths[r]);

    /// <summary>Of intervals about the truth plus the bias, which is the mean where there is one truth or none.</summary>
    public PerformanceMeasure BiasEliminatedCoverage
    {
        get
        {
            var bias = Average(distances);
            return HasOneTruth || double.IsNaN(bias) ? IntervalsAround(_ => mean) : IntervalsAround(r => sample.Truths[r] + bias);
        }
    }

    public PerformanceMeasure Rejection
    {
        get
        {
            if (sample.Probabilities is { } probabilities)
            {
                return PerformanceMeasure.Proportion(probabilities.Count(p => p < 1 - level), Count);
            }

            var holding = Holding(_ => sample.Null);
            return holding is { } count ? PerformanceMeasure.Proportion(Count - count, Count) : PerformanceMeasure.Unknown;
        }
    }

    private bool HasOneTruth => Array.TrueForAll(sample.Truths, truth => truth.Equals(sample.Truths[0]));

    /// <summary>All measures with the counts.</summary>
    /// <param name="attempted">Replicates run.</param>
    /// <param name="warned">Those of the usable with a warning.</param>
    /// <param name="precision">The relative precision.</param>
    public EstimatePerformance Measures(int attempted, int warned, PerformanceMeasure precision) => new()
    {
        Truth = HasOneTruth && Count > 0 ? sample.Truths[0] : Average(sample.Truths),
        TruthVaries = !HasOneTruth && !double.IsNaN(Average(sample.Truths)),
        Attempted = attempted,
        Converged = Count,
        Warned = warned,
        Failed = attempted - Count,
        Mean = Mean,
        Bias = Bias,
        RelativeBias = RelativeBias,
        EmpiricalError = EmpiricalError,
        MeanSquaredError = MeanSquaredError,
        ModelError = ModelError,
        RelativeError = RelativeError,
        Coverage = Coverage,
        BiasEliminatedCoverage = BiasEliminatedCoverage,
        Rejection = Rejection,
        RelativePrecision = precision,
    };

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

        return RelativePrecision(a, b);
    }

    /// <summary>The same of estimates that belong together one by one.</summary>
    public static PerformanceMeasure RelativePrecision(List<double> reference, List<double> method)
    {
        var (meanA, meanB) = (Average(reference), Average(method));
        var covariance = 0.0;
        for (var r = 0; r < reference.Count; r++)
        {
            covariance += (reference[r] - meanA) * (method[r] - meanB) / (reference.Count - 1);
        }

        var ratio = Variance(reference) / Variance(method);
        var squaredCorrelation = Math.Min(1, covariance * covariance / (Variance(reference) * Variance(method)));
        return new PerformanceMeasure(100 * (ratio - 1), 200 * ratio * Math.Sqrt((1 - squaredCorrelation) / (reference.Count - 1)));
    }

    /// <summary>The same of estimates that are not known to belong together, which are taken as independent: the variance of log s² is
    /// 2/(n − 1) in both.</summary>
    public static PerformanceMeasure UnpairedPrecision(List<double> reference, List<double> method)
    {
        var ratio = Variance(reference) / Variance(method);
        return new PerformanceMeasure(
            100 * (ratio - 1), 100 * ratio * Math.Sqrt((2.0 / (reference.Count - 1)) + (2.0 / (method.Count - 1))));
    }

    private static PerformanceSample SampleOf(ReadOnlySpan<EffectEstimate> estimates, double truth, double level)
    {
        var usable = new List<EffectEstimate>(estimates.Length);
        foreach (var estimate in estimates)
        {
            if (estimate.IsUsable)
            {
                usable.Add(estimate);
            }
        }

        var critical = new CriticalValues(level);
        return new PerformanceSample
        {
            Values = [.. usable.Select(estimate => estimate.Value)],
            Errors = [.. usable.Select(estimate => estimate.StandardError)],
            HalfWidths = [.. usable.Select(estimate => estimate.StandardError * critical.Of(estimate.DegreesOfFreedom))],
            Truths = [.. Enumerable.Repeat(truth, usable.Count)],
        };
    }

    private static double Average(IReadOnlyCollection<double> numbers) => numbers.Count == 0 ? double.NaN : numbers.Sum() / numbers.Count;

    private static double Variance(IReadOnlyCollection<double> numbers)
    {
        var average = Average(numbers);
        return numbers.Count < 2 ? double.NaN : numbers.Sum(number => (number - average) * (number - average)) / (numbers.Count - 1);
    }

    /// <summary>A mean with s/√n.</summary>
    private static PerformanceMeasure MeanOf(double[] numbers) =>
        new(Average(numbers), Math.Sqrt(Variance(numbers) / numbers.Length));

    private (double ModelError, double VarianceOfSquares) ModelErrorAndVariance()
    {
        if (sample.Errors is not { } errors)
        {
            return (double.NaN, double.NaN);
        }

        var squares = errors.Select(error => error * error).ToArray();
        return (Math.Sqrt(Average(squares)), Variance(squares));
    }

    private PerformanceMeasure IntervalsAround(Func<int, double> place) =>
        Holding(place) is { } count ? PerformanceMeasure.Proportion(count, Count) : PerformanceMeasure.Unknown;

    /// <summary>How many intervals hold a value; null where there are no intervals, or the value is not known.</summary>
    private int? Holding(Func<int, double> place)
    {
        if (sample.Limits is null && sample.HalfWidths is null)
        {
            return null;
        }

        var count = 0;
        for (var r = 0; r < Count; r++)
        {
            var value = place(r);
            if (double.IsNaN(value))
            {
                return null;
            }

            count += sample.Limits is { } limits
                ? limits.Lower[r] <= value && value <= limits.Upper[r] ? 1 : 0
                : Math.Abs(values[r] - value) <= sample.HalfWidths![r] ? 1 : 0;
        }

        return count;
    }
}
