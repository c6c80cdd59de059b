using MarginalConditional.Mixed;

namespace MarginalConditional.Meta.Regression;

/// <summary>The mean of the true effects at given values of the moderators, and where a new study's true effect falls.</summary>
/// <param name="Estimate">xᵀβ, analysis scale.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="DegreesOfFreedom">Of its t distribution; null for the normal.</param>
/// <param name="ConfidenceInterval">The interval of the mean.</param>
/// <param name="PredictionInterval">The interval of a new study's true effect; that of the mean where effects do not vary.</param>
public sealed record StudyPrediction(
    double Estimate, double StandardError, double? DegreesOfFreedom, Interval ConfidenceInterval, Interval PredictionInterval);
