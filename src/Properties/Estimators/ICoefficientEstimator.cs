using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>An estimator that gives all coefficients with their covariance.</summary>
public interface ICoefficientEstimator : ITrialEstimator
{
    /// <summary>The intercept and the coefficients of the columns, in the order of the file.</summary>
    CoefficientEstimates Coefficients(TrialData trial);
}
