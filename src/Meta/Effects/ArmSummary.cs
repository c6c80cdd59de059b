namespace MarginalConditional.Meta.Effects;

/// <summary>What a study reports of a continuous outcome in one arm.</summary>
/// <param name="Mean">The mean, in the outcome's units.</param>
/// <param name="StandardDeviation">The standard deviation between people, not below 0.</param>
/// <param name="Size">The number of people, at least 2.</param>
public readonly record struct ArmSummary(double Mean, double StandardDeviation, double Size);
