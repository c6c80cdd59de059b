using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>What one method of a planned study needs. Immutable.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Target">What it is held to.</param>
/// <param name="Effect">The true value of that with the effect that is detected; not a number where nobody knows it.</param>
/// <param name="Needed">The least clusters, or factor of the effect, with the power wanted; null when none within reach has it.</param>
/// <param name="AtLeast">With probability 1 − α the number needed is no smaller.</param>
/// <param name="AtMost">With probability 1 − α it is no larger; null when that could not be told.</param>
/// <param name="Power">The power there, or at the largest that was tried.</param>
public sealed record StudyPlanAnswer(
    string Method, IEstimand Target, double Effect, double? Needed, double AtLeast, double? AtMost, SimulatedPower Power);
