namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>Some replicates of one scenario, for one thread.</summary>
/// <param name="Scenario">The scenario's index, from 0.</param>
/// <param name="Replicates">Their numbers, from 0.</param>
internal sealed record ReplicateBatch(int Scenario, IReadOnlyList<int> Replicates);
