using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee;

/// <summary>What to fit and how: family, link, working correlation, moment convention, variance, and the tolerances of the iteration.</summary>
public sealed record GeeOptions
{
    /// <summary>The family, which gives the variance function v(μ).</summary>
    public required Family Family { get; init; }

    /// <summary>The link; null (the default) means the family's default link.</summary>
    public Link? Link { get; init; }

    /// <summary>The structure of the correlation within clusters. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>How the scale φ and the correlation α are estimated from residuals. Default: Liang and Zeger's divisors with N − p.</summary>
    public MomentConvention Moments { get; init; } = MomentConvention.LiangZeger;

    /// <summary>A known scale φ &gt; 0 that is not to be estimated; null (the default) estimates it.</summary>
    public double? FixedScale { get; init; }

    /// <summary>Whether a working correlation that is not positive definite is replaced by the nearest admissible one. Default: no, it is reported.</summary>
    public bool RepairCorrelation { get; init; }

    /// <summary>The variance estimator of the coefficient table. Default: robust.</summary>
    public GeeVariance Variance { get; init; } = GeeVariance.Robust;

    /// <summary>The degrees of freedom of the coefficient table. Default: none, a normal reference.</summary>
    public GeeDegreesOfFreedom DegreesOfFreedom { get; init; } = GeeDegreesOfFreedom.Normal;

    /// <summary>Confidence level, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The largest scaled score |U_j| / √M_jj, and the largest change of α and of log φ, at which the iteration may stop. Default: 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>The largest number of passes over the data. Default: 200.</summary>
    public int MaximumIterations { get; init; } = 200;

    /// <summary>The number of threads; 0 (the default) means all processors. The result has the same bits for any number.</summary>
    public int Threads { get; init; }

    /// <summary>The link in use: <see cref="Link"/>, or the family's default.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Family);
        ArgumentNullException.ThrowIfNull(Correlation);
        ArgumentNullException.ThrowIfNull(Moments);
        if (Level is not (> 0 and < 1))
        {
            throw new ArgumentException($"The confidence level is {Level}; it must lie between 0 and 1.", nameof(Level));
        }

        if (Tolerance is not > 0)
        {
            throw new ArgumentException($"The tolerance is {Tolerance}; it must be positive.", nameof(Tolerance));
        }

        if (FixedScale is not null and not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"The fixed scale is {FixedScale}; it must be a positive number.", nameof(FixedScale));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumIterations, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
    }
}
