using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>An estimator that can be asked to fit other columns of the same space.</summary>
public interface IDesignEstimator : ICoefficientEstimator
{
    /// <summary>The coefficients γ of the columns XA, where X holds the intercept and the columns of the file.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="change">A, p×p by row, invertible.</param>
    CoefficientEstimates Coefficients(TrialData trial, ReadOnlySpan<double> change);
}
