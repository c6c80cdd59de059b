using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>A method that a study file cannot make.</summary>
/// <param name="name">Its name.</param>
public sealed class MethodWithParameters(string name) : IEstimator
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Marginal;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate) => EffectEstimate.Failed;
}
