using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>A method whose constructor fails.</summary>
public sealed class MethodThatThrows : IEstimator
{
    /// <summary>Fails.</summary>
    public MethodThatThrows() => throw new InvalidOperationException("not today");

    /// <inheritdoc/>
    public string Name => "throws";

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Marginal;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate) => EffectEstimate.Failed;
}
