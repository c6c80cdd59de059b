using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Predictions;

/// <summary>Columns of predictions that belong together, by which they are pooled over imputed data.</summary>
/// <param name="Estimate">The column of the estimate.</param>
/// <param name="Error">The column of its standard or prediction error; empty for none.</param>
/// <param name="Lower">The column of the lower limit; empty for none.</param>
/// <param name="Upper">The column of the upper limit; empty for none.</param>
/// <param name="Link">The link on whose scale the limits were made.</param>
internal sealed record PredictionGroup(string Estimate, string Error, string Lower, string Upper, Link Link);
