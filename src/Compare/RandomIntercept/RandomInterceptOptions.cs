using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>How to fit a model with one random intercept. Immutable.</summary>
public sealed record RandomInterceptOptions
{
    /// <summary>The conditional distribution: binomial or Poisson, whose dispersion is 1.</summary>
    public required Family Family { get; init; }

    /// <summary>The link; null means the family's default.</summary>
    public Link? Link { get; init; }

    /// <summary>
    /// Quadrature nodes to begin with, 5 to 200; raised until the maximum does not move by <see cref="RandomInterceptTolerances.Nodes"/>
    /// standard errors with more. Default 25.
    /// </summary>
    public int Nodes { get; init; } = 25;

    /// <summary>Starting values of β, p numbers; empty starts from 0.</summary>
    public IReadOnlyList<double> StartingCoefficients { get; init; } = [];

    /// <summary>Starting value of the standard deviation. Default 1.</summary>
    public double StartingStandardDeviation { get; init; } = 1;

    /// <summary>Where the iteration stops, and what it takes for a step.</summary>
    public RandomInterceptTolerances Tolerances { get; init; } = new();

    /// <summary>The largest number of iterations. Default 100.</summary>
    public int MaximumIterations { get; init; } = 100;

    /// <summary>Whether what leaving each cluster out does to the estimates is found too. Default false.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>Threads to use; 0, the default, means all processors.</summary>
    public int Threads { get; init; }

    /// <summary>The link in force.</summary>
    public Link EffectiveLink => Link ?? Family.DefaultLink;
}
