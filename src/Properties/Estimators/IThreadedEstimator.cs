using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>An estimator that runs on several threads.</summary>
public interface IThreadedEstimator : ICoefficientEstimator
{
    /// <summary>The coefficients as so many threads find them.</summary>
    CoefficientEstimates Coefficients(TrialData trial, int threads);
}
