namespace MarginalConditional.Compare.Comparison;

/// <summary>The effect in each subgroup, and whether it is one. Immutable.</summary>
/// <param name="Column">What tells subgroups apart.</param>
/// <param name="Subgroups">In order, as numbers where all are.</param>
/// <param name="Interactions">By arm, scale, weighting and rung.</param>
public sealed record SubgroupAnalysis(
    string Column, IReadOnlyList<SubgroupResult> Subgroups, IReadOnlyList<SubgroupInteraction> Interactions);
