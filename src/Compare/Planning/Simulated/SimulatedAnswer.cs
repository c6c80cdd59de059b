namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>What one estimand needs. Immutable.</summary>
/// <param name="Estimand">Whose effect.</param>
/// <param name="Effect">The effect that is detected: a log odds ratio for the patient, a difference for the averages.</param>
/// <param name="Needed">The least clusters, or factor of the effect, with the power wanted; null when none within reach has it.</param>
/// <param name="AtLeast">With probability 1 − α the number needed is no smaller.</param>
/// <param name="AtMost">With probability 1 − α it is no larger; null when that could not be told.</param>
/// <param name="Power">The power there, or at the largest that was tried.</param>
public sealed record SimulatedAnswer(
    PlannedEstimand Estimand, double Effect, double? Needed, double AtLeast, double? AtMost, SimulatedPower Power);
