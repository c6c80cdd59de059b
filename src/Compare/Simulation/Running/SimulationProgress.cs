namespace MarginalConditional.Compare.Simulation.Running;

/// <summary>How far a run has come.</summary>
/// <param name="Finished">Replicates finished, over all scenarios.</param>
/// <param name="Total">Replicates to run, as far as it is known; it falls when a scenario ends before the most it may have.</param>
/// <param name="Failed">Estimates that failed so far.</param>
public sealed record SimulationProgress(int Finished, int Total, int Failed);
