using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>A method of a study. Implement it to try an estimator of your own against the ones here.</summary>
/// <remarks>
/// One instance serves all threads at once, so it must keep nothing between calls. Work that several methods share, such as a fit, goes
/// through <see cref="Replicate.Shared{T}"/>; random numbers come from
/// <see cref="Replicate.Stream"/>. An exception counts as a failure of the replicate; it is not hidden: failures are reported.
/// </remarks>
public interface IEstimator
{
    /// <summary>The method's name in tables.</summary>
    string Name { get; }

    /// <summary>What it estimates.</summary>
    IEstimand Target { get; }

    /// <summary>Estimates the effect of interest on one replicate.</summary>
    EffectEstimate Estimate(Replicate replicate);
}
