using MarginalConditional.Data.Rows;

namespace MarginalConditional.Data.Coding;

/// <summary>
/// A column that was left out of a design because it is a sum of multiples of columns before it: its coefficient has no value.
/// </summary>
/// <param name="Name">The coefficient's name.</param>
/// <param name="Term">The label of its term.</param>
/// <param name="Position">Its place, from 0, in the design with all columns.</param>
/// <param name="Relation">What it equals, as a clause: <c>"fB:gV" is 0 in every row</c>.</param>
public sealed record AliasedColumn(string Name, string Term, int Position, string Relation)
{
    /// <summary>The factors its column is the product of.</summary>
    public IReadOnlyList<ColumnPart> Parts { get; init; } = [];
}
