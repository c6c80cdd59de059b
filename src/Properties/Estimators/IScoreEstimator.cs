using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Estimators;

/// <summary>An estimator that solves an equation: a sum over clusters that is zero at the estimate.</summary>
public interface IScoreEstimator : ITrialEstimator
{
    /// <summary>What each cluster adds to the equation at the estimate; null where there is no usable estimate.</summary>
    /// <returns>One array of as many numbers as there are equations for each cluster.</returns>
    IReadOnlyList<double[]>? ClusterScores(TrialData trial);
}
