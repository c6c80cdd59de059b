namespace MarginalConditional.Profiling;

/// <summary>A measure of clustering with its delta-method standard error and interval.</summary>
/// <param name="Estimate">The measure.</param>
/// <param name="StandardError">Its standard error; not a number when the
/// covariance is not known or the estimate lies on the boundary.</param>
/// <param name="Lower">The lower limit, inside the measure's range.</param>
/// <param name="Upper">The upper limit.</param>
public sealed record ClusterMeasure(double Estimate, double StandardError, double Lower, double Upper);
