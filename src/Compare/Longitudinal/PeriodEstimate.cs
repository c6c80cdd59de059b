using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>An effect of a trial by period, averaged one way.</summary>
public sealed record PeriodEstimate
{
    /// <summary>Whom it counts alike.</summary>
    public required PeriodEstimand Estimand { get; init; }

    /// <summary>Whether a working model's predictions help; else the cells' own means.</summary>
    public required bool IsAugmented { get; init; }

    /// <summary>The working model's kind, <c>GEE</c> or <c>GLMM</c>; null without one.</summary>
    public required string? Method { get; init; }

    /// <summary>What is estimated: <c>risk difference</c>, <c>log odds ratio</c>.</summary>
    public required string Scale { get; init; }

    /// <summary>The treatment's level that is compared.</summary>
    public required string Treated { get; init; }

    /// <summary>The level it is compared with.</summary>
    public required string Control { get; init; }

    /// <summary>Estimate, standard error, test and interval.</summary>
    public required Coefficient Inference { get; init; }

    /// <summary>Where the standard error comes from.</summary>
    public required string StandardErrorType { get; init; }
}
