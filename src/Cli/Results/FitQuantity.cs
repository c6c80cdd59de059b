namespace MarginalConditional.Cli.Results;

/// <summary>A number of a fit beside its coefficients.</summary>
/// <param name="Name">What it is called, such as <c>SD of (Intercept), id</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Kind">How it is pooled.</param>
internal sealed record FitQuantity(string Name, double Value, QuantityKind Kind);
