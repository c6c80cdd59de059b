using MarginalConditional.Data;
using MarginalConditional.Mixed.Crossed;

namespace MarginalConditional.Lmm.Model;

/// <summary>What nested effects take of memory: each group of each level keeps the sums of products of all its columns.</summary>
internal static class NestedMemory
{
    /// <summary>What every machine has, which need not be asked for it.</summary>
    private const double AlwaysThere = 1e8;

    /// <summary>Refuses effects whose sums of products do not fit.</summary>
    /// <param name="hierarchy">The groupings, nested.</param>
    /// <param name="fixedEffects">p.</param>
    /// <param name="available">The bytes that there are; null to ask this machine.</param>
    /// <exception cref="InputException">They need more.</exception>
    public static void Check(GroupHierarchy hierarchy, int fixedEffects, double? available = null)
    {
        var (width, numbers, largest) = (fixedEffects + 1.0, 0.0, 0.0);
        foreach (var level in hierarchy.Levels)
        {
            width += level.Dimension;
            var own = level.Groups * width * width;
            (numbers, largest) = (numbers + own, Math.Max(largest, own));
        }

        var there = available ?? (8 * numbers <= AlwaysThere ? AlwaysThere : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (8 * numbers <= there && largest <= Array.MaxLength)
        {
            return;
        }

        var groups = string.Join(" and ", hierarchy.Levels.Select(level =>
            FormattableString.Invariant($"the {level.Groups} groups of {level.Terms[0].Group}")));
        throw new InputException($"{char.ToUpperInvariant(groups[0])}{groups[1..]} keep the products of "
            + FormattableString.Invariant($"{width} columns each, which takes {CrossedMemory.Size(8 * numbers)} of memory; ")
            + $"there are {CrossedMemory.Size(there)}.")
        {
            Hint = "Leave out columns, or use gee, which keeps them once.",
        };
    }
}
