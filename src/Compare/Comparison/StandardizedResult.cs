using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Comparison;

/// <summary>The standardized means of one fit under each treatment level, and every contrast of them.</summary>
/// <param name="Method">The fit they come from: <c>GEE</c>, <c>GLMM</c>, <c>GLM</c>.</param>
/// <param name="Means">θ_a.</param>
/// <param name="Contrasts">Each level against the reference, by each measure.</param>
public sealed record StandardizedResult(string Method, StandardizedMeans Means, IReadOnlyList<StandardizedContrast> Contrasts)
{
    /// <summary>Whether the arms' mean residuals correct what the working model misses; if not, the means are the model's.</summary>
    public bool IsRobust { get; init; }

    /// <summary>The means with what any further contrast of them needs.</summary>
    public required ArmMeans Arms { get; init; }

    /// <summary>Where the standard errors come from.</summary>
    public string StandardErrorType { get; init; } = string.Empty;
}
