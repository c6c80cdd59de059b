using MarginalConditional.Compare.Comparison;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>The effect on an ordered outcome in each subgroup, and whether it is one. Immutable.</summary>
/// <param name="Column">What tells subgroups apart.</param>
/// <param name="Subgroups">In order, as numbers where all are.</param>
/// <param name="Interactions">By arm, weighting and rung of the ladder; after them those of the log win odds.</param>
public sealed record OrdinalSubgroupAnalysis(
    string Column, IReadOnlyList<OrdinalSubgroup> Subgroups, IReadOnlyList<SubgroupInteraction> Interactions)
{
    /// <summary>The scale of <see cref="Interactions"/> of win odds, whose rungs are 2 (by the model) and 3 (whatever the model).</summary>
    public const string WinOddsScale = "log win odds";
}
