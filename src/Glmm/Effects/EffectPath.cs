using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// The effects of one group of the coarsest level and of all groups within it, as a tree:
/// which node lies in which, for how many equal groups it stands, and which rows are a leaf's.
/// </summary>
/// <remarks>
/// The path of a node is the effects of the groups it lies in, coarsest first, and then its own; a row depends on the path of its leaf and
/// on nothing else. The effects of the whole tree stand in one vector, level by level and node by node. Filled anew for every group: the
/// scratch of one thread.
/// </remarks>
internal sealed class EffectPath
{
    private readonly int[] dimensions;
    private readonly int[] starts;
    private readonly int[] counts;
    private readonly int[] slots;
    private readonly int[][] parents;
    private readonly double[][] copies;
    private readonly int[] rowStarts;

    /// <summary>Makes room.</summary>
    /// <param name="dimensions">The effects of a node of each level, coarsest first.</param>
    /// <param name="largestCounts">The most nodes of each level.</param>
    public EffectPath(IReadOnlyList<int> dimensions, IReadOnlyList<int> largestCounts)
    {
        this.dimensions = [.. dimensions];
        Depth = dimensions.Count;
        LargestCounts = largestCounts;
        starts = new int[Depth + 1];
        for (var l = 0; l < Depth; l++)
        {
            starts[l + 1] = starts[l] + dimensions[l];
            LargestSize += dimensions[l] * largestCounts[l];
        }

        (counts, slots) = (new int[Depth], new int[Depth + 1]);
        parents = [.. largestCounts.Select(count => new int[count])];
        copies = [.. largestCounts.Select(count => new double[count])];
        rowStarts = new int[largestCounts[^1] + 1];
    }

    /// <summary>The number of levels.</summary>
    public int Depth { get; }

    /// <summary>The most nodes of each level.</summary>
    public IReadOnlyList<int> LargestCounts { get; }

    /// <summary>The most effects of a tree.</summary>
    public int LargestSize { get; }

    /// <summary>The effects of the tree that it holds.</summary>
    public int Size => slots[^1];

    /// <summary>The effects on the path of a leaf.</summary>
    public int Width => starts[^1];

    /// <summary>The rows of the tree that it holds.</summary>
    public int Rows => rowStarts[counts[^1]];

    /// <summary>q, the effects of a node of a level.</summary>
    public int Dimension(int level) => dimensions[level];

    /// <summary>Where the effects of a level stand on a path; of the number of levels, the length of the longest path.</summary>
    public int PathStart(int level) => starts[level];

    /// <summary>The nodes of a level.</summary>
    public int Count(int level) => counts[level];

    /// <summary>The node of the level above in which a node lies.</summary>
    public int Parent(int level, int node) => parents[level][node];

    /// <summary>How many equal groups a node stands for, its ancestors' copies counted.</summary>
    public double Copies(int level, int node) => copies[level][node];

    /// <summary>Where a node's effects stand among those of the tree.</summary>
    public int Slot(int level, int node) => slots[level] + (node * dimensions[level]);

    /// <summary>The first row of a leaf; of leaf + 1, one past its last.</summary>
    public int RowStart(int leaf) => rowStarts[leaf];

    /// <summary>Forgets all nodes.</summary>
    public void Clear()
    {
        counts.AsSpan().Clear();
        slots.AsSpan().Clear();
    }

    /// <summary>Adds a node; levels come coarsest first, and the leaves in the order of their rows.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="parent">The node of the level above in which it lies; 0 on the coarsest.</param>
    /// <param name="equalGroups">How many equal groups it stands for, its ancestors' copies counted.</param>
    /// <param name="rows">The rows of a leaf.</param>
    public void Add(int level, int parent, double equalGroups, int rows = 0)
    {
        var node = counts[level]++;
        parents[level][node] = parent;
        copies[level][node] = equalGroups;
        for (var finer = level + 1; finer <= Depth; finer++)
        {
            slots[finer] += dimensions[level];
        }

        if (level == Depth - 1)
        {
            rowStarts[node + 1] = rowStarts[node] + rows;
        }
    }

    /// <summary>
    /// Takes the nodes below one node of the coarsest level; its own copies are left to the caller, who has its log-likelihood to multiply.
    /// </summary>
    public void Take(GroupTree tree, int top)
    {
        Clear();
        Add(0, 0, 1, Depth == 1 ? RowsOf(tree, top) : 0);
        for (var l = 1; l < Depth; l++)
        {
            var above = tree.FirstDescendant(l - 1, top);
            for (var parent = 0; parent < counts[l - 1]; parent++)
            {
                var end = tree.FirstChild(l - 1, above + parent + 1);
                for (var node = tree.FirstChild(l - 1, above + parent); node < end; node++)
                {
                    Add(l, parent, copies[l - 1][parent] * tree.Multiplicity(l, node), l == Depth - 1 ? RowsOf(tree, node) : 0);
                }
            }
        }
    }

    /// <summary>Collects the effects on the path of a node.</summary>
    /// <param name="level">Its level.</param>
    /// <param name="node">The node.</param>
    /// <param name="effects">A vector of the tree's effects.</param>
    /// <param name="path">Receives those of the groups it lies in, then its own.</param>
    public void Read(int level, int node, ReadOnlySpan<double> effects, Span<double> path)
    {
        for (var l = level; l >= 0; node = parents[l][node], l--)
        {
            effects.Slice(Slot(l, node), dimensions[l]).CopyTo(path[starts[l]..]);
        }
    }

    /// <summary>The transpose of <see cref="Read"/>: adds numbers along the path of a node to the tree's effects.</summary>
    public void Add(int level, int node, ReadOnlySpan<double> path, Span<double> effects)
    {
        for (var l = level; l >= 0; node = parents[l][node], l--)
        {
            var own = path.Slice(starts[l], dimensions[l]);
            var target = effects.Slice(Slot(l, node), own.Length);
            for (var a = 0; a < own.Length; a++)
            {
                target[a] += own[a];
            }
        }
    }

    /// <summary>dᵀu of every row, u the effects on the path of its leaf.</summary>
    /// <param name="directions">d, rows×width by row.</param>
    /// <param name="effects">A vector of the tree's effects.</param>
    /// <param name="values">Receives one number a row.</param>
    public void Project(ReadOnlySpan<double> directions, ReadOnlySpan<double> effects, Span<double> values)
    {
        Span<double> along = stackalloc double[Width];
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            Read(Depth - 1, leaf, effects, along);
            for (var i = rowStarts[leaf]; i < rowStarts[leaf + 1]; i++)
            {
                values[i] = Dense.Dot(along, directions.Slice(i * along.Length, along.Length));
            }
        }
    }

    /// <summary>The transpose of <see cref="Project"/>: adds Σ amount·d of the rows below each node to the tree's effects.</summary>
    public void AddRows(ReadOnlySpan<double> directions, ReadOnlySpan<double> amounts, Span<double> effects)
    {
        Span<double> along = stackalloc double[Width];
        for (var leaf = 0; leaf < counts[^1]; leaf++)
        {
            along.Clear();
            for (var i = rowStarts[leaf]; i < rowStarts[leaf + 1]; i++)
            {
                Dense.AddScaled(amounts[i], directions.Slice(i * along.Length, along.Length), along);
            }

            Add(Depth - 1, leaf, along, effects);
        }
    }

    private static int RowsOf(GroupTree tree, int leaf)
    {
        var pattern = tree.Pattern(leaf);
        return tree.Data.PatternOffsets[pattern + 1] - tree.Data.PatternOffsets[pattern];
    }
}
