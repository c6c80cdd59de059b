using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Stopping;

/// <summary>When a scenario has had replicates enough, before the most that a study gives it. Immutable.</summary>
/// <remarks>
/// The scenario is looked at after fixed numbers of replicates, by intervals that hold at every look (<see cref="ConfidenceSequence"/>). It
/// ends when the interval of every method's coverage is narrow enough and that of every method's power excludes the target.
/// </remarks>
public sealed record StoppingRule
{
    /// <summary>The Monte Carlo error wanted of every coverage, in (0, 0.5); null: coverage is not asked for.</summary>
    public double? CoverageError { get; init; }

    /// <summary>The power that every interval must exclude, in (0, 1); null: power is not asked for.</summary>
    public double? Power { get; init; }

    /// <summary>The smallest <see cref="Alpha"/> that a study may ask for.</summary>
    public const double SmallestAlpha = 1e-6;

    /// <summary>The largest <see cref="Alpha"/> that a study may ask for.</summary>
    public const double LargestAlpha = 0.5;

    /// <summary>The chance that any interval of the study ever misses its proportion, in (0, 1). Default 0.05.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Replicates from one look to the next, 1 or more. Default 100.</summary>
    public int Every { get; init; } = 100;

    /// <summary>How much is asked of each method in each scenario.</summary>
    public int Criteria => (CoverageError is null ? 0 : 1) + (Power is null ? 0 : 1);

    /// <summary>The width at which a coverage's interval ends: that of an ordinary 95 percent interval with the error wanted.</summary>
    public double CoverageWidth => CoverageError is { } error ? 2 * Coefficient.CriticalValue(0.95, null) * error : double.NaN;

    /// <summary>Bonferroni's share of <see cref="Alpha"/> in each interval.</summary>
    /// <param name="scenarios">Scenarios of the study.</param>
    /// <param name="methods">Methods of the study.</param>
    public double Share(int scenarios, int methods) => Alpha / ((double)scenarios * methods * Criteria);

    /// <summary>The number of replicates of the next look.</summary>
    /// <param name="replicates">Replicates there are.</param>
    /// <param name="most">The most replicates of a scenario.</param>
    public int NextLook(int replicates, int most) => (int)Math.Min(most, ((long)(replicates / Every) + 1) * Every);
}
