using MarginalConditional.Data;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Model;

/// <summary>
/// What nested effects take of memory: each group the products of its own effects with every column, each chunk of groups those of all
/// columns with each other.
/// </summary>
internal static class NestedMemory
{
    /// <summary>What every machine has, which need not be asked for it.</summary>
    private const double AlwaysThere = 1e8;

    /// <summary>Refuses effects whose sums of products do not fit.</summary>
    /// <param name="hierarchy">The groupings, nested.</param>
    /// <param name="fixedEffects">p.</param>
    /// <param name="rows">n.</param>
    /// <param name="structured">Whether a residual structure whitens the rows at every step.</param>
    /// <param name="available">The bytes that there are; null to ask this machine.</param>
    /// <exception cref="InputException">They need more.</exception>
    public static void Check(GroupHierarchy hierarchy, int fixedEffects, int rows, bool structured, double? available = null)
    {
        var (numbers, largest) = Count(hierarchy, fixedEffects, rows, structured);
        var there = available ?? (8 * numbers <= AlwaysThere ? AlwaysThere : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (8 * numbers <= there && largest <= Array.MaxLength)
        {
            return;
        }

        var groups = string.Join(" and ", hierarchy.Levels.Select(level =>
            FormattableString.Invariant($"{level.Groups} groups of {level.Terms[0].Group}")));
        var columns = fixedEffects + 1 + hierarchy.Levels.Sum(level => level.Dimension);
        throw new InputException(FormattableString.Invariant($"The products of {columns} columns")
            + (groups.Length > 0 ? $" with each other and over {groups}" : "")
            + $" take {CrossedMemory.Size(8 * numbers)} of memory; there are {CrossedMemory.Size(there)}.")
        {
            Hint = "Leave out columns.",
        };
    }

    /// <summary>The numbers of all groups and chunks, and those of the largest array.</summary>
    private static (double Numbers, double Largest) Count(GroupHierarchy hierarchy, int fixedEffects, int rows, bool structured)
    {
        var levels = hierarchy.Levels;
        double chunks = Math.Min(ClusterChunks.Most(rows), levels.Count == 0 ? rows : levels[0].Groups);
        var width = fixedEffects + 1.0;
        var largest = width * width;
        var (numbers, ofChunk) = (0.0, 2 * largest);
        var scratch = 0.0;
        for (var level = 0; level < levels.Count; level++)
        {
            double q = levels[level].Dimension;
            scratch = Math.Max(scratch, (4 * q * q) + (3 * q * width));
            width += q;
            var isFinest = level == levels.Count - 1;
            var own = levels[level].Groups * q * width;
            numbers += (isFinest || structured ? 2 : 3) * own;
            ofChunk += isFinest && !structured ? 0 : 2 * width * width;
            largest = Math.Max(largest, Math.Max(own, width * width));
        }

        return (numbers + (chunks * (ofChunk + scratch)), largest);
    }
}
