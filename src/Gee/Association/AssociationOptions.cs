using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Association;

/// <summary>How to fit the mean and the association of binary outcomes.</summary>
public sealed record AssociationOptions
{
    /// <summary>The link of the mean. Default: logit.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>The thresholds of the iteration, as of every fit of estimating equations.</summary>
    public GeeTolerances Tolerances { get; init; } = new();

    /// <summary>The largest number of iterations. Default: 100.</summary>
    public int MaximumIterations { get; init; } = 100;
}
