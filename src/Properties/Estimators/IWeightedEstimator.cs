namespace MarginalConditional.Properties.Estimators;

/// <summary>
/// An estimator to which a row with <see cref="Trials.TrialData.Counts"/> of 3 is three rows: likelihoods and estimating equations under
/// independence, not weights of precision, nor working correlations between the copies.
/// </summary>
public interface IWeightedEstimator : ICoefficientEstimator;
