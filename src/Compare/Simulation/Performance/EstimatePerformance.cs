namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>
/// How estimates of one kind did under one mechanism: counts of every outcome, and the measures
/// over the usable replicates (Morris, White and Crowther 2019, table 6).
/// </summary>
public record EstimatePerformance
{
    /// <summary>θ; the mean where it differs between replicates, not a number where it is not known.</summary>
    public required double Truth { get; init; }

    /// <summary>Whether the truth differs between the replicates. Default: no.</summary>
    public bool TruthVaries { get; init; }

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

    /// <summary>Mean of (θ̂ − θ)/θ, a proportion of the truth; unknown where that is 0.</summary>
    public required PerformanceMeasure RelativeBias { get; init; }

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

    /// <summary>Proportion of intervals that hold θ̄ (θ plus the bias, where θ differs between replicates): coverage without the share of
    /// bias.</summary>
    public required PerformanceMeasure BiasEliminatedCoverage { get; init; }

    /// <summary>Proportion of tests that reject no effect: power, or the type I error when there is none.</summary>
    public required PerformanceMeasure Rejection { get; init; }

    /// <summary>100[(s_ref/s)² − 1] against a reference method, percent; unknown for that method itself.</summary>
    public required PerformanceMeasure RelativePrecision { get; init; }
}
