using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>What laws are about: anything that makes of a trial an estimate of its treatment's effect and a standard error.</summary>
/// <remarks>
/// It sees the rows as a file has them. Laws that ask for more than an estimate are about the richer interfaces beside this one. An
/// exception, or an estimate that is not usable, counts as no answer: laws are about the data that an estimator does answer.
/// </remarks>
public interface ITrialEstimator
{
    /// <summary>Its name in reports.</summary>
    string Name { get; }

    /// <summary>What it fits.</summary>
    TrialModel Model { get; }

    /// <summary>What laws have to know of it.</summary>
    EstimatorTraits Traits { get; }

    /// <summary>Estimates the effect. Any number of calls, in any order, and nothing kept between them.</summary>
    EffectEstimate Estimate(TrialData trial);
}
