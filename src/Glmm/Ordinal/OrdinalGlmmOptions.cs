using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>How to fit a cumulative mixed model, P(Y ≤ k) = F(θ_k − xβ − zb). Immutable.</summary>
public sealed record OrdinalGlmmOptions
{
    private readonly int[] nominal = [];

    /// <summary>F. Default logit: proportional odds.</summary>
    public CumulativeLink Link { get; init; } = CumulativeLink.Logit;

    /// <summary>
    /// The columns of the design that have a coefficient at every threshold (partial proportional odds), ascending. Default: none.
    /// </summary>
    public IReadOnlyList<int> NominalColumns
    {
        get => nominal;
        init => nominal = [.. value];
    }

    /// <summary>
    /// Quadrature nodes a dimension; 1 is the Laplace approximation; 0, the default, means 15 in one dimension, 9 in two, 7 in three, with
    /// nested groupings 9, or 5 or 1 where rows are many, and 1 with groupings that cross, which have no other. At most 200.
    /// </summary>
    public int Nodes { get; init; }

    /// <summary>
    /// Standard deviation of a normal penalty on the slopes, for one standard deviation of a covariate; null, the default, means none. 2.5
    /// is weakly informative and gives separated data finite slopes. Thresholds are free.
    /// </summary>
    public double? PenaltyScale { get; init; }

    /// <summary>Whether the log-likelihood is evaluated with more nodes at the solution, to warn when it moves. Default true.</summary>
    public bool CheckNodes { get; init; } = true;

    /// <summary>Whether the covariance of the estimates is computed. Default true.</summary>
    public bool ComputeCovariance { get; init; } = true;

    /// <summary>The largest number of iterations. Default 100.</summary>
    public int MaximumIterations { get; init; } = 100;

    /// <summary>The thresholds on the way: those of every mixed model by likelihood.</summary>
    public GlmmTolerances Tolerances { get; init; } = new();

    /// <summary>Threads to use; 0, the default, means all processors. Results have the same bits for any number.</summary>
    public int Threads { get; init; }
}
