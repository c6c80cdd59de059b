using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>The effect of having been treated for some time, or the mean of these effects.</summary>
public sealed record ExposureEstimate
{
    /// <summary>The exposure's level; null for the time-averaged effect, in which every exposure counts alike.</summary>
    public required string? Exposure { get; init; }

    /// <summary>The working model's kind, <c>GEE</c> or <c>GLMM</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Whether the rows or the clusters seen at the exposure count alike.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>What is estimated: <c>risk difference</c>, <c>log odds ratio</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>Estimate, standard error, test and interval.</summary>
    public required Coefficient Inference { get; init; }

    /// <summary>Where the standard error comes from.</summary>
    public required string StandardErrorType { get; init; }
}
