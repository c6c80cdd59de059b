using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee;

/// <summary>What to fit and how: family, link, working correlation, moment convention, limits and tolerances of the iteration.</summary>
public sealed record GeeOptions
{
    /// <summary>The family, which gives the variance function v(μ).</summary>
    public required Family Family { get; init; }

    /// <summary>The link; null (the default) means the family's default link.</summary>
    public Link? Link { get; init; }

    /// <summary>The structure of the correlation within clusters. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>
    /// How the scale φ and the correlation α are estimated from residuals. Default: Liang and Zeger's divisors with N − p.
    /// </summary>
    public MomentConvention Moments { get; init; } = MomentConvention.LiangZeger;

    /// <summary>A known scale φ &gt; 0 that is not to be estimated; null (the default) estimates it.</summary>
    public double? FixedScale { get; init; }

    /// <summary>
    /// Whether a working correlation that is not positive definite is replaced by the nearest admissible one. Default: no, it is reported.
    /// </summary>
    public bool RepairCorrelation { get; init; }

    /// <summary>What is done about the bias of small samples. Default: nothing.</summary>
    public BiasReduction BiasReduction { get; init; } = BiasReduction.None;

    /// <summary>The largest number of passes over the data; a start that went astray begins the count again. Default: 200.</summary>
    public int MaximumIterations { get; init; } = 200;

    /// <summary>The thresholds of the iteration, on a page of their own.</summary>
    public GeeTolerances Tolerances { get; init; } = GeeTolerances.Usual;

    /// <summary>The number of threads; 0 (the default) means all processors. The result has the same bits for any number.</summary>
    public int Threads { get; init; }

    /// <summary>The link in use: <see cref="Link"/>, or the family's default.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;

    /// <summary>What the rows are indicators of, when they are those of ordered outcomes; else null.</summary>
    internal CumulativeModel? Cumulative { get; init; }

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Family);
        ArgumentNullException.ThrowIfNull(Correlation);
        ArgumentNullException.ThrowIfNull(Moments);
        ArgumentNullException.ThrowIfNull(BiasReduction);
        ArgumentNullException.ThrowIfNull(Tolerances);
        if (Tolerances.Equations is not > 0)
        {
            throw new ArgumentException(
                $"The tolerance of the equations is {Tolerances.Equations}; it must be positive.",
                nameof(Tolerances));
        }

        if (FixedScale is not null and not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"The fixed scale is {FixedScale}; it must be a positive number.", nameof(FixedScale));
        }

        if (Cumulative is not null && (FixedScale != 1 || BiasReduction != BiasReduction.None))
        {
            throw new ArgumentException("Ordered outcomes have scale 1, and their equations are not penalized or corrected for bias.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumIterations, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
    }
}
