using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// Which rows random effects tie together, directly or through other rows, and where each group's effects stand. Immutable.
/// </summary>
/// <remarks>Blocks are numbered by their first row. The effects of a block stand level by level, group by group.</remarks>
internal sealed class OrdinalBlocks
{
    private readonly int[] rowStart;
    private readonly int[] effectStart;
    private readonly int[] groupPlace;
    private readonly int[] groupBlock;
    private readonly int[] firstGroup;

    /// <summary>Finds the blocks.</summary>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="rows">n.</param>
    public OrdinalBlocks(IReadOnlyList<RandomLevel> levels, int rows)
    {
        firstGroup = new int[levels.Count + 1];
        for (var l = 0; l < levels.Count; l++)
        {
            firstGroup[l + 1] = firstGroup[l] + levels[l].GroupCount;
        }

        var blocks = BlockOfRow(levels, rows);
        RowOrder = [.. Enumerable.Range(0, rows).OrderBy(row => blocks[row])];
        rowStart = Starts(blocks, RowOrder);
        groupBlock = new int[firstGroup[^1]];
        groupPlace = new int[firstGroup[^1]];
        effectStart = PlaceGroups(levels, blocks);
    }

    /// <summary>The number of blocks.</summary>
    public int Count => rowStart.Length - 1;

    /// <summary>The rows in the order of their blocks.</summary>
    public int[] RowOrder { get; }

    /// <summary>The offsets of the blocks in that order, one more than blocks.</summary>
    public ReadOnlySpan<int> RowOffsets => rowStart;

    /// <summary>The first row of a block; of the number of blocks, the number of rows.</summary>
    public int RowStart(int block) => rowStart[block];

    /// <summary>The place of a block's first effect among those of all blocks.</summary>
    public int EffectStart(int block) => effectStart[block];

    /// <summary>The place of a group's first effect in its block.</summary>
    public int PlaceInBlock(int level, int group) => groupPlace[firstGroup[level] + group];

    /// <summary>The block of a group.</summary>
    public int BlockOf(int level, int group) => groupBlock[firstGroup[level] + group];

    private int[] BlockOfRow(IReadOnlyList<RandomLevel> levels, int rows)
    {
        var parent = Enumerable.Range(0, firstGroup[^1]).ToArray();
        int Root(int node)
        {
            while (parent[node] != node)
            {
                node = parent[node] = parent[parent[node]];
            }

            return node;
        }

        for (var row = 0; row < rows; row++)
        {
            var root = Root(levels[0].Groups[row]);
            for (var l = 1; l < levels.Count; l++)
            {
                parent[Root(firstGroup[l] + levels[l].Groups[row])] = root;
            }
        }

        var number = new Dictionary<int, int>();
        var blocks = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            var root = Root(levels[0].Groups[row]);
            if (!number.TryGetValue(root, out blocks[row]))
            {
                number.Add(root, blocks[row] = number.Count);
            }
        }

        return blocks;
    }

    private static int[] Starts(int[] blocks, int[] order)
    {
        var starts = new List<int> { 0 };
        for (var i = 1; i < order.Length; i++)
        {
            if (blocks[order[i]] != blocks[order[i - 1]])
            {
                starts.Add(i);
            }
        }

        return [.. starts, order.Length];
    }

    private int[] PlaceGroups(IReadOnlyList<RandomLevel> levels, int[] blocks)
    {
        var used = new int[Count];
        for (var l = 0; l < levels.Count; l++)
        {
            var groups = levels[l].Groups;
            var seen = new bool[levels[l].GroupCount];
            foreach (var row in RowOrder)
            {
                var group = groups[row];
                if (!seen[group])
                {
                    seen[group] = true;
                    groupBlock[firstGroup[l] + group] = blocks[row];
                    groupPlace[firstGroup[l] + group] = used[blocks[row]];
                    used[blocks[row]] += levels[l].Factor.Dimension;
                }
            }
        }

        var starts = new int[Count + 1];
        for (var block = 0; block < Count; block++)
        {
            starts[block + 1] = starts[block] + used[block];
        }

        return starts;
    }
}
