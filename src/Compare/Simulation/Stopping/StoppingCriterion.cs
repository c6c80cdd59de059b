namespace MarginalConditional.Compare.Simulation.Stopping;

/// <summary>What a stopping rule asks of one method in one scenario, and how far it has come.</summary>
/// <param name="Method">The method's index, from 0.</param>
/// <param name="Name"><c>coverage-mcse</c> or <c>power</c>, as a study file writes it.</param>
/// <param name="Count">Intervals that hold the truth, or tests that reject.</param>
/// <param name="Total">Usable replicates.</param>
/// <param name="Lower">The lower end of the interval that holds at every look.</param>
/// <param name="Upper">The upper end.</param>
/// <param name="IsMet">Whether the interval is narrow enough, or excludes the target.</param>
public sealed record StoppingCriterion(int Method, string Name, int Count, int Total, double Lower, double Upper, bool IsMet);
