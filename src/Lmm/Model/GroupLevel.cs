using MarginalConditional.Data.Frames;

namespace MarginalConditional.Lmm.Model;

/// <summary>One level of a hierarchy: the groups of one partition of the rows, with every random term that uses it.</summary>
/// <param name="Terms">The random terms on this partition; their effects stand one after another.</param>
/// <param name="Factor">The layout of the relative covariance factor of the level's effects.</param>
/// <param name="FirstRows">For each group of the level, in internal order, the first row of the frame that it holds.</param>
/// <param name="Parents">For each group the internal index of the group of the next coarser level that holds it; 0 at the coarsest.</param>
/// <param name="ChildOffsets">G + 1 ascending numbers: where the children of each
/// group start (groups of the next finer level; at the finest, rows).</param>
/// <param name="IsSpread">Whether the level is one group of all rows that
/// holds the effects of every group of its terms: crossed effects.</param>
internal sealed record GroupLevel(
    IReadOnlyList<RandomTermDesign> Terms,
    RelativeFactor Factor,
    int[] FirstRows,
    int[] Parents,
    int[] ChildOffsets,
    bool IsSpread = false)
{
    /// <summary>q, the number of effects of each group.</summary>
    public int Dimension => Factor.Dimension;

    /// <summary>The number of groups.</summary>
    public int Groups => FirstRows.Length;
}
