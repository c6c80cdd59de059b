namespace MarginalConditional.Compare.Comparison;

/// <summary>One effect estimated every way, and why the ways differ.</summary>
/// <param name="Effect">The coefficient compared.</param>
/// <param name="IsPrimary">Whether it answers the question first.</param>
/// <param name="Rows">One line an estimand, link scale.</param>
/// <param name="Gap">The difference of the conditional and the marginal coefficient, split.</param>
public sealed record EffectComparison(TreatmentEffect Effect, bool IsPrimary, IReadOnlyList<EstimandRow> Rows, GapDecomposition Gap);
