using MarginalConditional.Compare.Simulation.Estimators;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>A kind of method that study files name.</summary>
/// <param name="Name">As study files write it.</param>
/// <param name="Keys">The options it takes beside those of every method.</param>
/// <param name="Make">Makes it of its options.</param>
internal sealed record MethodKind(string Name, string[] Keys, Func<MethodSection, IEstimator> Make);
