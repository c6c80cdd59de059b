namespace MarginalConditional.Data.Rows;

/// <summary>One factor of a design column: the column is the product of its parts.</summary>
/// <param name="Factor">The factor as the formula writes it: <c>treatment</c>, <c>factor(visit)</c>, <c>poly(age, 2)</c>.</param>
/// <param name="Place">For categories the level that the column indicates, 0
/// for the reference; for numbers which of the factor's columns it is.</param>
/// <param name="Levels">For categories the number of levels; 0 for numbers.</param>
/// <param name="IsFull">For categories whether the term has a column for every level, the reference too.</param>
public sealed record ColumnPart(string Factor, int Place, int Levels, bool IsFull)
{
    /// <summary>Whether the factor is coded as categories.</summary>
    public bool IsCategorical => Levels > 0;
}
