namespace MarginalConditional.Compare.Simulation.Stopping;

/// <summary>Where a scenario ended under a stopping rule, and why. Immutable.</summary>
/// <param name="Replicates">Replicates that the last look saw.</param>
/// <param name="Reason">Why there are no more.</param>
/// <param name="Criteria">What was asked for, method by method.</param>
public sealed record ScenarioStop(int Replicates, StopReason Reason, IReadOnlyList<StoppingCriterion> Criteria);
