using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>An estimator that climbs a log-likelihood with a gradient.</summary>
public interface ILikelihoodEstimator : ITrialEstimator
{
    /// <summary>All parameters at the estimate; null where there is no usable estimate.</summary>
    double[]? Parameters(TrialData trial);

    /// <summary>The log-likelihood and its gradient.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="parameters">As many as <see cref="Parameters"/> gives.</param>
    /// <param name="gradient">Receives as many numbers.</param>
    double LogLikelihood(TrialData trial, ReadOnlySpan<double> parameters, Span<double> gradient);
}
