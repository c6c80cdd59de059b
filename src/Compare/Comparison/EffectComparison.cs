using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Comparison;

/// <summary>One effect estimated every way, and why the ways differ. Rows are found by their estimand.</summary>
public sealed record EffectComparison
{
    /// <summary>The coefficient compared.</summary>
    public required TreatmentEffect Effect { get; init; }

    /// <summary>Whether it answers the question first.</summary>
    public required bool IsPrimary { get; init; }

    /// <summary>The mixed model's coefficient, link scale.</summary>
    public required EstimandRow Conditional { get; init; }

    /// <summary>The marginal coefficient that the mixed model implies.</summary>
    public required EstimandRow Marginalized { get; init; }

    /// <summary>GEE's coefficient.</summary>
    public required EstimandRow Marginal { get; init; }

    /// <summary>The marginalized multilevel model's coefficient; null when it was not fitted, or did not converge.</summary>
    public EstimandRow? MarginalLikelihood { get; init; }

    /// <summary>The difference of the conditional and the marginal coefficient, split.</summary>
    public required GapDecomposition Gap { get; init; }

    /// <summary>One line an estimand, in the order they are shown.</summary>
    public IReadOnlyList<EstimandRow> Rows =>
        MarginalLikelihood is null ? [Conditional, Marginalized, Marginal] : [Conditional, Marginalized, Marginal, MarginalLikelihood];

    /// <summary>The line of an estimand; null when there is none.</summary>
    public EstimandRow? Row(Estimand estimand) => Rows.FirstOrDefault(row => row.Estimand == estimand);
}
