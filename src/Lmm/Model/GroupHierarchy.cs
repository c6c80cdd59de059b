using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Model;

/// <summary>
/// The nested partitions that the random terms define, coarsest first, and the order of rows in which every group is contiguous.
/// </summary>
internal sealed class GroupHierarchy
{
    private GroupHierarchy(IReadOnlyList<GroupLevel> levels, int[]? rowOrder, CrossedLayout? layout = null)
    {
        Levels = levels;
        RowOrder = rowOrder;
        Layout = layout;
    }

    /// <summary>The levels, coarsest first; empty without random effects.</summary>
    public IReadOnlyList<GroupLevel> Levels { get; }

    /// <summary>For each internal row the row of the frame, or null when they agree.</summary>
    public int[]? RowOrder { get; }

    /// <summary>Arranges the terms as a hierarchy.</summary>
    /// <param name="terms">The random terms in any order.</param>
    /// <param name="rows">n.</param>
    /// <param name="spread">Whether crossed effects are to stand side by side in one
    /// dense group of all rows, for what the layout of crossed effects cannot do.</param>
    public static GroupHierarchy Create(IReadOnlyList<RandomTermDesign> terms, int rows, bool spread = false) =>
        TryNest(terms, rows) ?? Cross(terms, rows, spread);

    /// <summary>Whether some effects are crossed, so that all rows form one cluster.</summary>
    public bool IsCrossed => Layout is not null || (Levels.Count > 0 && Levels[0].IsSpread);

    /// <summary>
    /// The layout of crossed effects, whose coarser level then holds the effects of one row; null when they are nested or spread.
    /// </summary>
    public CrossedLayout? Layout { get; }

    private static GroupHierarchy? TryNest(IReadOnlyList<RandomTermDesign> terms, int rows)
    {
        var partitions = new List<List<RandomTermDesign>>();
        foreach (var term in terms.OrderBy(term => term.GroupCount))
        {
            if (partitions.Count == 0)
            {
                partitions.Add([term]);
                continue;
            }

            var coarser = partitions[^1][0];
            if (!IsNested(term, coarser, rows))
            {
                return null;
            }

            if (term.GroupCount == coarser.GroupCount)
            {
                partitions[^1].Add(term);
            }
            else
            {
                partitions.Add([term]);
            }
        }

        var order = Order(partitions, rows);
        return new GroupHierarchy([.. BuildLevels(partitions, rows, order)], order);
    }

    /// <summary>The terms on the grouping with most groups are eliminated group by group, the others together afterwards.</summary>
    private static GroupHierarchy Cross(IReadOnlyList<RandomTermDesign> terms, int rows, bool spread)
    {
        var (leaf, rest) = CrossedLayout.Split(terms);
        List<List<RandomTermDesign>> partitions = [[.. leaf]];
        var order = Order(partitions, rows);
        var level = BuildLevels(partitions, rows, order)[0];
        var root = new GroupLevel([.. rest], new RelativeFactor(rest, spread), [0], [0], [0, level.Groups], spread);
        return new GroupHierarchy(
            [root, level with { Parents = new int[level.Groups] }],
            order,
            spread ? null : new CrossedLayout(leaf, rest));
    }

    private static bool IsNested(RandomTermDesign finer, RandomTermDesign coarser, int rows)
    {
        var holder = new int[finer.GroupCount];
        Array.Fill(holder, -1);
        var inner = finer.Groups;
        var outer = coarser.Groups;
        for (var i = 0; i < rows; i++)
        {
            ref var known = ref holder[inner[i]];
            if (known < 0)
            {
                known = outer[i];
            }
            else if (known != outer[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Rows sorted by the groups of every level, coarsest first, ties in the frame's order; null when each group is contiguous already.
    /// </summary>
    private static int[]? Order(List<List<RandomTermDesign>> partitions, int rows)
    {
        if (partitions.TrueForAll(partition => IsContiguous(partition[0], rows)))
        {
            return null;
        }

        // By the finest groups first, each sort keeping the order of the one before it.
        var order = new int[rows];
        for (var i = 0; i < rows; i++)
        {
            order[i] = i;
        }

        var sorted = new int[rows];
        for (var level = partitions.Count - 1; level >= 0; level--)
        {
            CountingSort(partitions[level][0], order, sorted);
            (order, sorted) = (sorted, order);
        }

        return order;
    }

    /// <summary>Rows by group, those of one group in the order in which they came.</summary>
    private static void CountingSort(RandomTermDesign term, ReadOnlySpan<int> order, Span<int> sorted)
    {
        CancellationScope.Check();
        var groups = term.Groups;
        var next = new int[term.GroupCount + 1];
        foreach (var row in order)
        {
            next[groups[row] + 1]++;
        }

        for (var group = 0; group < term.GroupCount; group++)
        {
            next[group + 1] += next[group];
        }

        CancellationScope.Check();
        foreach (var row in order)
        {
            sorted[next[groups[row]]++] = row;
        }
    }

    private static bool IsContiguous(RandomTermDesign term, int rows)
    {
        var groups = term.Groups;
        for (var i = 1; i < rows; i++)
        {
            if (groups[i] < groups[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static List<GroupLevel> BuildLevels(List<List<RandomTermDesign>> partitions, int rows, int[]? order)
    {
        var count = partitions.Count;
        var firstRows = partitions.ConvertAll(_ => new List<int>());
        var last = new int[count];
        var parents = partitions.ConvertAll(_ => new List<int>());
        var offsets = partitions.ConvertAll(_ => new List<int>());
        for (var row = 0; row < rows; row++)
        {
            CancellationScope.Check(row);
            var frameRow = order is null ? row : order[row];
            var opened = false;
            for (var level = 0; level < count; level++)
            {
                var group = partitions[level][0].Groups[frameRow];
                if (!opened && row > 0 && last[level] == group)
                {
                    continue;
                }

                opened = true;
                last[level] = group;
                firstRows[level].Add(frameRow);
                parents[level].Add(level == 0 ? 0 : firstRows[level - 1].Count - 1);
                offsets[level].Add(level == count - 1 ? row : firstRows[level + 1].Count);
            }
        }

        var levels = new List<GroupLevel>();
        for (var level = 0; level < count; level++)
        {
            offsets[level].Add(level == count - 1 ? rows : firstRows[level + 1].Count);
            levels.Add(new GroupLevel(
                [.. partitions[level]],
                new RelativeFactor(partitions[level], spread: false),
                [.. firstRows[level]],
                [.. parents[level]],
                [.. offsets[level]]));
        }

        return levels;
    }
}
