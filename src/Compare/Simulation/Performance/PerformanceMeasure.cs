namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>A measure of how well a method did, with its Monte Carlo standard error.</summary>
/// <param name="Value">The measure; not a number when there are too few usable replicates.</param>
/// <param name="MonteCarloError">Its Monte Carlo standard error.</param>
public readonly record struct PerformanceMeasure(double Value, double MonteCarloError)
{
    /// <summary>A measure that could not be computed.</summary>
    public static PerformanceMeasure Unknown { get; } = new(double.NaN, double.NaN);

    /// <summary>A proportion, √{p(1 − p)/n}.</summary>
    public static PerformanceMeasure Proportion(int count, int total) => total == 0
        ? Unknown
        : new(count / (double)total, Math.Sqrt(count / (double)total * (1 - (count / (double)total)) / total));
}
