using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Means.Estimates;

/// <summary>A contrast of means or slopes.</summary>
/// <param name="Contrast">How it is written: <c>A - B</c>.</param>
/// <param name="At">The values of the variables within which it compares.</param>
/// <param name="Scale"><c>link</c> or <c>response</c>.</param>
/// <param name="Own">Estimate, standard error, test and interval by itself; NaN when it is not estimable.</param>
/// <param name="Adjusted">p, allowing for the number of comparisons.</param>
/// <param name="Lower">The lower limit of the interval that is shown with it.</param>
/// <param name="Upper">The upper limit.</param>
/// <param name="IsDifference">Whether the weights add up to zero, so that an exponentiated log ratio has a meaning.</param>
public sealed record MeanComparison(
    string Contrast,
    IReadOnlyList<(string Variable, string Value)> At,
    string Scale,
    Coefficient Own,
    double Adjusted,
    double Lower,
    double Upper,
    bool IsDifference)
{
    /// <summary>Whether the data say anything about it.</summary>
    public bool IsEstimable => !double.IsNaN(Own.Estimate);
}
