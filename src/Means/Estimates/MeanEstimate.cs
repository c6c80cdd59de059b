using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Means.Estimates;

/// <summary>One mean or slope.</summary>
/// <param name="At">The values of the variables that tell the rows apart, those asked for first.</param>
/// <param name="Scale"><c>link</c> or <c>response</c>.</param>
/// <param name="Estimate">Estimate, standard error, test against zero and interval; numbers are NaN when it is not estimable.</param>
public sealed record MeanEstimate(IReadOnlyList<(string Variable, string Value)> At, string Scale, Coefficient Estimate)
{
    /// <summary>Whether the data say anything about it.</summary>
    public bool IsEstimable => !double.IsNaN(Estimate.Estimate);
}
