using MarginalConditional.Compare.Comparison;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>One coefficient of the treatment, link scale, estimated for a cluster, averaged over clusters, and by GEE.</summary>
/// <param name="Name">The coefficient's name; a nominal column has one a threshold, <c>contactyes@1|2</c>.</param>
/// <param name="Level">The treatment's level that it is about; empty for a numeric treatment.</param>
/// <param name="Conditional">The mixed model's.</param>
/// <param name="Marginalized">What the mixed model implies for the population.</param>
/// <param name="Marginal">GEE's.</param>
/// <param name="Gap">The difference of the first and the last, split.</param>
public sealed record OrdinalEffect(
    string Name, string Level, EstimandRow Conditional, EstimandRow Marginalized, EstimandRow Marginal, GapDecomposition Gap)
{
    /// <summary>One line an estimand, in the order they are shown.</summary>
    public IReadOnlyList<EstimandRow> Rows => [Conditional, Marginalized, Marginal];
}
