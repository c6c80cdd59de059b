using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Stacking;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Ordinal;

/// <summary>How ordered outcomes are fitted: link, working correlation, columns without proportional odds.</summary>
public sealed record OrdinalGeeOptions
{
    /// <summary>F of P(Y ≤ k) = F(θ_k − xβ). Default: the logistic distribution.</summary>
    public CumulativeLink Link { get; init; } = CumulativeLink.Logit;

    /// <summary>The correlation of the whitened indicators of two outcomes of a cluster. Default: exchangeable.</summary>
    public WorkingCorrelation Correlation { get; init; } = WorkingCorrelation.Exchangeable;

    /// <summary>How α is estimated from residuals. Default: divisors less p, as elsewhere.</summary>
    public MomentConvention Moments { get; init; } = MomentConvention.LiangZeger;

    /// <summary>The design's columns, from 0, that have a coefficient a threshold (partial proportional odds). Default: none.</summary>
    public IReadOnlyList<int> Nominal { get; init; } = [];

    /// <summary>Whether a correlation that is not positive definite is replaced by the nearest admissible one. Default: no.</summary>
    public bool RepairCorrelation { get; init; }

    /// <summary>The largest number of passes over the data. Default: 200.</summary>
    public int MaximumIterations { get; init; } = 200;

    /// <summary>The thresholds of the iteration.</summary>
    public GeeTolerances Tolerances { get; init; } = new();

    /// <summary>The number of threads; 0 (the default) means all processors. The result has the same bits for any number.</summary>
    public int Threads { get; init; }

    /// <summary>The options of the fit of the indicators.</summary>
    /// <param name="thresholds">J.</param>
    internal GeeOptions OfIndicators(int thresholds) => new()
    {
        Family = Family.Binomial,
        Link = Link.Marginal,
        Correlation = Correlation,
        Moments = Moments,
        FixedScale = 1,
        RepairCorrelation = RepairCorrelation,
        MaximumIterations = MaximumIterations,
        Tolerances = Tolerances,
        Threads = Threads,
        Cumulative = new CumulativeModel(Link, thresholds),
    };
}
