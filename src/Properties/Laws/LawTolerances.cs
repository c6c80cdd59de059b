namespace MarginalConditional.Properties.Laws;

/// <summary>The thresholds that decide whether a law is broken. Immutable.</summary>
/// <remarks>
/// Estimates are compared in standard errors, with what the estimator says of its own iterations
/// (<see cref="Estimators.EstimatorTraits.Tolerance"/>) as the unit, so that a fit that stops early is not called wrong.
/// </remarks>
public sealed record LawTolerances
{
    /// <summary>Between two estimates that have to be equal: standard errors a unit of the estimator's tolerance.</summary>
    public double Estimate { get; init; } = 5;

    /// <summary>Between two standard errors that have to be equal: relative difference a unit of the estimator's tolerance.</summary>
    public double StandardError { get; init; } = 10;

    /// <summary>What arithmetic alone may do to an estimate, relative to it.</summary>
    public double Rounding { get; init; } = 1e-9;

    /// <summary>The largest effect on a link scale, and the largest standard error, that count as finite.</summary>
    public double LargestEffect { get; init; } = 10;

    /// <summary>The least standard error, relative to the estimate, that is not taken for rounding of a perfect fit.</summary>
    public double LeastError { get; init; } = 1e-6;

    /// <summary>A score that has to be zero, relative to the root of the sum of its clusters' squares: a unit of tolerance.</summary>
    public double Score { get; init; } = 10;

    /// <summary>The least of that, whatever the tolerance.</summary>
    public double LeastScore { get; init; } = 1e-3;

    /// <summary>A score that is zero beside that of any row: an infinite coefficient has scores of this size.</summary>
    public double LeastRoot { get; init; } = 1e-6;

    /// <summary>A gradient against differences, relative to the largest of it and 1.</summary>
    public double Gradient { get; init; } = 1e-4;

    /// <summary>An estimate against brute force: standard errors a unit of tolerance.</summary>
    public double BruteForce { get; init; } = 10;

    /// <summary>The least of that, whatever the tolerance: flat likelihoods leave so much.</summary>
    public double LeastBruteForce { get; init; } = 2e-3;

    /// <summary>Clusters a coefficient that two copies need where divisors know of p.</summary>
    public int ClustersByDivisor { get; init; } = 5;

    /// <summary>Two coefficients of one fit that have to agree, such as a marginal one and an integral: absolute.</summary>
    public double Marginal { get; init; } = 1e-6;

    /// <summary>Two copies, where divisors know of p: how far estimates may move, in standard errors.</summary>
    public double MovedByDivisor { get; init; } = 0.1;

    /// <summary>Two copies, where divisors know of p: how far the ratio of variances may lie outside of its limits, relative.</summary>
    public double RatioByDivisor { get; init; } = 0.03;

    /// <summary>The least share of data sets with an answer for a law to be called tested.</summary>
    public double LeastAnswered { get; init; } = 0.25;

    /// <summary>Coverage of 95 % intervals that is as it should be: from here.</summary>
    public double GoodFrom { get; init; } = 0.92;

    /// <summary>Coverage of 95 % intervals that is as it should be: to here.</summary>
    public double GoodTo { get; init; } = 0.98;

    /// <summary>Coverage that is certainly wrong: this and less.</summary>
    public double WrongBelow { get; init; } = 0.90;

    /// <summary>Coverage that is certainly wrong: this and more.</summary>
    public double WrongAbove { get; init; } = 0.995;

    /// <summary>The chance that a sequence of looks at a coverage ever errs, in either direction.</summary>
    public double CoverageError { get; init; } = 0.001;
}
