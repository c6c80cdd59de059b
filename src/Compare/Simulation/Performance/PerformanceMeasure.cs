using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>A measure of how well a method did, with its Monte Carlo standard error.</summary>
/// <param name="Value">The measure; not a number when there are too few usable replicates.</param>
/// <param name="MonteCarloError">Its Monte Carlo standard error.</param>
public readonly record struct PerformanceMeasure(double Value, double MonteCarloError)
{
    /// <summary>A measure that could not be computed.</summary>
    public static PerformanceMeasure Unknown { get; } = new(double.NaN, double.NaN);

    /// <summary>The Monte Carlo interval, the value ± z errors, of a level in (0, 1).</summary>
    public (double Lower, double Upper) Interval(double level = 0.95)
    {
        var half = Coefficient.CriticalValue(level, null) * MonteCarloError;
        return (Value - half, Value + half);
    }

    /// <summary>The measure in units of a known number other than 0, such as the true effect.</summary>
    public PerformanceMeasure Over(double unit) => new(Value / unit, MonteCarloError / Math.Abs(unit));

    /// <summary>What a proportion that is truly p is expected to be in n replicates, with the error √{p(1 − p)/n} of chance.</summary>
    /// <param name="probability">p.</param>
    /// <param name="replicates">n.</param>
    public static PerformanceMeasure Expected(double probability, int replicates) =>
        new(probability, Math.Sqrt(probability * (1 - probability) / replicates));

    /// <summary>A proportion, √{p(1 − p)/n}.</summary>
    public static PerformanceMeasure Proportion(int count, int total) => total == 0
        ? Unknown
        : new(count / (double)total, Math.Sqrt(count / (double)total * (1 - (count / (double)total)) / total));
}
