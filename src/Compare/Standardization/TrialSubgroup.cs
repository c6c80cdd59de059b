namespace MarginalConditional.Compare.Standardization;

/// <summary>The rows of a subgroup.</summary>
/// <param name="Variable">The column that tells subgroups apart.</param>
/// <param name="Value">This one's value.</param>
/// <param name="Rows">Which rows belong to it, n values.</param>
internal sealed record TrialSubgroup(string Variable, string Value, bool[] Rows);
