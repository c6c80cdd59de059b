using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Estimands;

/// <summary>A free contrast of standardized means, such as <c>(A + B) / 2 - C</c>, on one scale. Immutable.</summary>
public sealed record MeanContrast
{
    /// <summary>The scale of a contrast of means transformed by the link, Σ L_a g(μ_a).</summary>
    public const string LinkScale = "link";

    /// <summary>The contrast as typed.</summary>
    public required string Label { get; init; }

    /// <summary>The fit that the means come from: <c>GEE</c>, <c>GLMM</c>, <c>GLM</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Whom the means average over.</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>What the estimate is: <c>risk difference</c>, <c>log odds ratio</c>, or <see cref="LinkScale"/>.</summary>
    public required string Scale { get; init; }

    /// <summary>3 for means whatever the model, 2 for the model's own.</summary>
    public required int Rung { get; init; }

    /// <summary>Estimate, standard error, test and interval, ratios as logarithms.</summary>
    public required Coefficient Inference { get; init; }
}
