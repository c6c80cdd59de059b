namespace MarginalConditional.Compare.Standardization;

/// <summary>A function of averages.</summary>
/// <param name="averages">Where.</param>
/// <param name="gradient">Receives its slopes; empty when only the value is wanted. Cleared before the call.</param>
/// <returns>The value.</returns>
internal delegate double SmoothFunction(ReadOnlySpan<double> averages, Span<double> gradient);
