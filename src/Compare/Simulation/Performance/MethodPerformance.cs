using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>
/// How one method did in one scenario: counts of every outcome, and the measures
/// over the usable replicates (Morris, White and Crowther 2019, table 6).
/// </summary>
public sealed record MethodPerformance
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>What it is held to.</summary>
    public required IEstimand Target { get; init; }

    /// <summary>The kind of truth: T1, T2 or T3.</summary>
    public required string TruthLabel { get; init; }

    /// <summary>θ.</summary>
    public required double Truth { get; init; }

    /// <summary>Replicates run.</summary>
    public required int Attempted { get; init; }

    /// <summary>Replicates with a usable estimate, warned ones included: n of every measure.</summary>
    public required int Converged { get; init; }

    /// <summary>Among the converged, those with a warning.</summary>
    public required int Warned { get; init; }

    /// <summary>Replicates without a usable estimate. They enter no measure, and are no "non-rejections".</summary>
    public required int Failed { get; init; }

    /// <summary>θ̄, the mean of the estimates.</summary>
    public required PerformanceMeasure Mean { get; init; }

    /// <summary>θ̄ − θ.</summary>
    public required PerformanceMeasure Bias { get; init; }

    /// <summary>s, the standard deviation of the estimates.</summary>
    public required PerformanceMeasure EmpiricalError { get; init; }

    /// <summary>Mean of (θ̂ − θ)².</summary>
    public required PerformanceMeasure MeanSquaredError { get; init; }

    /// <summary>√mean(se²).</summary>
    public required PerformanceMeasure ModelError { get; init; }

    /// <summary>100(model SE/empirical SE − 1), percent.</summary>
    public required PerformanceMeasure RelativeError { get; init; }

    /// <summary>Proportion of intervals that hold θ.</summary>
    public required PerformanceMeasure Coverage { get; init; }

    /// <summary>Proportion of intervals that hold θ̄: coverage without the share of bias.</summary>
    public required PerformanceMeasure BiasEliminatedCoverage { get; init; }

    /// <summary>Proportion of intervals that leave out 0: power, or the type I error when θ = 0.</summary>
    public required PerformanceMeasure Rejection { get; init; }

    /// <summary>
    /// 100[(s_ref/s)² − 1] against the first method with the same estimand,
    /// over replicates usable for both; unknown for that method itself.
    /// </summary>
    public required PerformanceMeasure RelativePrecision { get; init; }
}
