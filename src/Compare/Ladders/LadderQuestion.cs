namespace MarginalConditional.Compare.Ladders;

/// <summary>What a ladder is about: one arm against another, at set values, in a subgroup.</summary>
/// <param name="Treated">The treatment's level that is compared.</param>
/// <param name="Control">The level it is compared with.</param>
/// <param name="At">Covariates set to a value; empty unless asked.</param>
/// <param name="By">The subgroup; empty means everybody.</param>
public sealed record LadderQuestion(
    string Treated,
    string Control,
    IReadOnlyList<(string Variable, string Value)> At,
    IReadOnlyList<(string Variable, string Value)> By);
