namespace MarginalConditional.Compare.Estimands;

/// <summary>Two values of a covariate between which an effect changes.</summary>
/// <param name="Variable">The covariate; null for the time that the treatment interacts with.</param>
/// <param name="From">The value left.</param>
/// <param name="To">The value reached.</param>
public sealed record TimeChange(string? Variable, string From, string To);
