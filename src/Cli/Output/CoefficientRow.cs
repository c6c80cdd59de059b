namespace MarginalConditional.Cli.Output;

/// <summary>One line of a coefficient table, on the link scale.</summary>
/// <param name="Term">The coefficient's name in R's notation, or the contrast as typed.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Statistic">Estimate over standard error.</param>
/// <param name="DegreesOfFreedom">Of the t distribution; null for the normal.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Lower">Lower bound of the interval at the level asked for.</param>
/// <param name="Upper">Upper bound.</param>
internal sealed record CoefficientRow(
    string Term, double Estimate, double StandardError, double Statistic, double? DegreesOfFreedom, double PValue, double Lower, double Upper);
