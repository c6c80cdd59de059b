using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Means.Estimates;

/// <summary>One comparison of a family before it is adjusted for their number.</summary>
/// <param name="Label">How it is written: <c>A - B</c>.</param>
/// <param name="At">The values of the variables within which it compares.</param>
/// <param name="Own">Estimate, standard error, test and interval by itself.</param>
/// <param name="IsDifference">Whether its weights add up to zero.</param>
/// <param name="Means">Which means of the group have a weight.</param>
internal sealed record FamilyRow(
    string Label, IReadOnlyList<(string Variable, string Value)> At, Coefficient Own, bool IsDifference, IReadOnlyList<int> Means);
