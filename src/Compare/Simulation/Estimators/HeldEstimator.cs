using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A method that is held to another estimand than its own, such as a linear model of risks to the difference of risks.</summary>
internal sealed class HeldEstimator : IEstimator, IOrdinalMethod
{
    private readonly IEstimator method;

    /// <summary>Holds a method to an estimand.</summary>
    public HeldEstimator(IEstimator method, IEstimand target)
    {
        this.method = method;
        Target = target;
    }

    /// <inheritdoc/>
    public string Name => method.Name;

    /// <inheritdoc/>
    public IEstimand Target { get; }

    /// <inheritdoc/>
    bool IOrdinalMethod.Takes(bool ordered) => (method as IOrdinalMethod)?.Takes(ordered) ?? !ordered;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate) => method.Estimate(replicate);
}
