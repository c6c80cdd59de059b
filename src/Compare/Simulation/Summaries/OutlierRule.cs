namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>Which estimates are too far from the others of their scenario and method, as the R package rsimsum says it.</summary>
public sealed record OutlierRule
{
    /// <summary>The largest standardized distance of an estimate that stays, 0 or more. Default: 10.</summary>
    public double LargestEstimate { get; init; } = 10;

    /// <summary>The same of a standard error. Default: 100.</summary>
    public double LargestError { get; init; } = 100;

    /// <summary>
    /// Whether a distance is from the median in units of the spread between the hinges, rather than from the mean in standard deviations.
    /// Default: yes.
    /// </summary>
    public bool Robust { get; init; } = true;

    /// <summary>Which of some numbers lie too far out.</summary>
    /// <param name="numbers">Finite numbers.</param>
    /// <param name="largest">The largest distance that stays.</param>
    internal bool[] Far(IReadOnlyList<double> numbers, double largest)
    {
        var (centre, unit) = Robust ? Hinges(numbers) : Moments(numbers);
        return [.. numbers.Select(number => Math.Abs(number - centre) / unit > largest)];
    }

    /// <summary>The median, and the distance of Tukey's hinges (the medians of the halves, which share the middle number).</summary>
    private static (double Centre, double Unit) Hinges(IReadOnlyList<double> numbers)
    {
        double[] ordered = [.. numbers.Order()];
        if (ordered.Length == 0)
        {
            return (double.NaN, double.NaN);
        }

        var depth = Math.Floor((ordered.Length + 3) / 2.0) / 2;
        return (At((ordered.Length + 1) / 2.0), At(ordered.Length + 1 - depth) - At(depth));

        double At(double place) => 0.5 * (ordered[(int)Math.Floor(place) - 1] + ordered[(int)Math.Ceiling(place) - 1]);
    }

    private static (double Centre, double Unit) Moments(IReadOnlyList<double> numbers)
    {
        var mean = numbers.Count == 0 ? double.NaN : numbers.Average();
        return (mean, Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Count - 1)));
    }
}
