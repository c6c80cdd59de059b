using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>
/// An estimator of a model with one normal random intercept a cluster, which also says what the model implies for the population.
/// </summary>
public interface IMarginalizingEstimator : ITrialEstimator
{
    /// <summary>Both sets of coefficients; null where there is no usable estimate.</summary>
    MarginalizedFit? Marginalize(TrialData trial);
}
