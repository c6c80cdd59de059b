namespace MarginalConditional.Statistics.Multiplicity;

/// <summary>What an adjustment makes of a family of tests.</summary>
/// <param name="PValues">The adjusted p of each.</param>
/// <param name="CriticalValues">The number of standard errors from each estimate to the limits of its interval.</param>
/// <param name="Error">The largest standard error of the p values, where they are means over a lattice; else 0.</param>
public sealed record AdjustedTests(IReadOnlyList<double> PValues, IReadOnlyList<double> CriticalValues, double Error = 0);
