using MarginalConditional.Mixed;

namespace MarginalConditional.Meta;

/// <summary>The empirical-Bayes estimate of one study's true effect: its own estimate drawn towards the combined effect.</summary>
/// <param name="Weight">λ = τ²/(τ² + v), the share of the study's own estimate;
/// 1 leaves it where it is, 0 replaces it by the combined effect.</param>
/// <param name="Estimate">λy + (1 − λ)μ.</param>
/// <param name="StandardError">√(λv + (1 − λ)² var μ): the second part is the uncertainty of the combined effect.</param>
/// <param name="Interval">The interval of the true effect.</param>
/// <param name="PoolingWeight">The study's share of the combined effect, w/Σw,
/// in (0, 1); null in the exact model, which has no such weights.</param>
public readonly record struct StudyShrinkage(
    double Weight,
    double Estimate,
    double StandardError,
    Interval Interval,
    double? PoolingWeight);
