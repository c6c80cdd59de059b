using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Association;

/// <summary>How to fit the mean and the association of binary outcomes.</summary>
public sealed record AssociationOptions
{
    /// <summary>The link of the mean. Default: logit.</summary>
    public Link Link { get; init; } = Link.Logit;

    /// <summary>Confidence level, in (0, 1). Default: 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The largest scaled score at which the iteration may stop. Default: 1e-9.</summary>
    public double Tolerance { get; init; } = 1e-9;

    /// <summary>The largest number of iterations. Default: 100.</summary>
    public int MaximumIterations { get; init; } = 100;
}
