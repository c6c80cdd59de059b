namespace MarginalConditional.Meta.Regression;

/// <summary>What a group of effects adds up to within its block.</summary>
/// <param name="Members">Their places in the block.</param>
/// <param name="Score">The sum of Py.</param>
/// <param name="Weighted">The sum of the rows of V⁻¹X.</param>
internal readonly record struct GroupSums(int[] Members, double Score, double[] Weighted);
