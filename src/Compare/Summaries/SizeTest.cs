namespace MarginalConditional.Compare.Summaries;

/// <summary>One test whether the size of clusters goes with the outcome or the effect.</summary>
/// <param name="Name">Such as <see cref="ModelAssisted"/>.</param>
/// <param name="Estimate">What is tested to be 0; null when there are several.</param>
/// <param name="StandardError">Of the estimate, or null.</param>
/// <param name="Statistic">t, or F.</param>
/// <param name="NumeratorDegreesOfFreedom">Of F; null for t.</param>
/// <param name="DegreesOfFreedom">Of t, or F's denominator; null when p comes from assigning anew.</param>
/// <param name="PValue">The probability of as much or more where size is not informative.</param>
public sealed record SizeTest(
    string Name,
    double? Estimate,
    double? StandardError,
    double Statistic,
    int? NumeratorDegreesOfFreedom,
    double? DegreesOfFreedom,
    double PValue)
{
    /// <summary>The standardized effect, every cluster alike, less that with every participant alike.</summary>
    public const string ModelAssisted = "cluster minus participant average";

    /// <summary>The interaction of arm and size in GEE with independence: does the effect go with size?</summary>
    public const string EffectBySize = "effect by size";

    /// <summary>Size and the interaction: does outcome or effect go with size?</summary>
    public const string OutcomeBySize = "outcome or effect by size";

    /// <summary>The plain difference of clusters' means less the one weighted by size, against clusters assigned anew.</summary>
    public const string Reassigned = "clusters assigned anew";
}
