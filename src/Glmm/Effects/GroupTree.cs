using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// Nested groupings, coarsest first, as a tree in which equal groups of the same parent are one node with a multiplicity.
/// </summary>
/// <remarks>
/// The nodes of a level are numbered so that the children of each node are
/// consecutive. A node of the finest level is a pattern of the cluster data.
/// </remarks>
internal sealed class GroupTree
{
    private readonly int[][] firstChildren;
    private readonly double[][] multiplicities;
    private readonly int[][] nodesOfGroups;
    private readonly int[] patterns;

    /// <summary>Wraps the arrays.</summary>
    /// <param name="levels">The groupings.</param>
    /// <param name="data">The rows, in the patterns of the finest grouping.</param>
    /// <param name="firstChildren">For each level but the finest: the first child of each node, and one past the last at the end.</param>
    /// <param name="multiplicities">For each level: how many equal siblings each node stands for.</param>
    /// <param name="nodesOfGroups">For each level: the node of each group.</param>
    /// <param name="patterns">The pattern of each node of the finest level.</param>
    public GroupTree(
        IReadOnlyList<RandomLevel> levels,
        ClusterData data,
        int[][] firstChildren,
        double[][] multiplicities,
        int[][] nodesOfGroups,
        int[] patterns)
    {
        Levels = levels;
        Data = data;
        this.firstChildren = firstChildren;
        this.multiplicities = multiplicities;
        this.nodesOfGroups = nodesOfGroups;
        this.patterns = patterns;
        var rows = new int[NodeCount(0) + 1];
        for (var top = 0; top < NodeCount(0); top++)
        {
            var count = 0;
            for (var leaf = FirstDescendant(Depth - 1, top); leaf < FirstDescendant(Depth - 1, top + 1); leaf++)
            {
                count += data.PatternOffsets[patterns[leaf] + 1] - data.PatternOffsets[patterns[leaf]];
            }

            rows[top + 1] = rows[top] + count;
            MaximumRows = Math.Max(MaximumRows, count);
        }

        Chunks = new ClusterChunks(rows);
    }

    /// <summary>The groupings, coarsest first.</summary>
    public IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>The rows, in the patterns of the finest grouping.</summary>
    public ClusterData Data { get; }

    /// <summary>The number of levels.</summary>
    public int Depth => Levels.Count;

    /// <summary>The nodes of the coarsest level in chunks for threads.</summary>
    public ClusterChunks Chunks { get; }

    /// <summary>The rows of the largest node of the coarsest level.</summary>
    public int MaximumRows { get; }

    /// <summary>The number of nodes of a level.</summary>
    public int NodeCount(int level) => multiplicities[level].Length;

    /// <summary>How many equal groups of the same parent a node stands for.</summary>
    public double Multiplicity(int level, int node) => multiplicities[level][node];

    /// <summary>The first child of a node, in the next level; of node + 1, one past the last.</summary>
    public int FirstChild(int level, int node) => firstChildren[level][node];

    /// <summary>The first node of a level below a node of the coarsest; of top + 1, one past the last.</summary>
    public int FirstDescendant(int level, int top)
    {
        for (var l = 0; l < level; l++)
        {
            top = firstChildren[l][top];
        }

        return top;
    }

    /// <summary>The pattern of a node of the finest level.</summary>
    public int Pattern(int leaf) => patterns[leaf];

    /// <summary>The node of each group of a level.</summary>
    public ReadOnlySpan<int> NodesOfGroups(int level) => nodesOfGroups[level];

    /// <summary>The most nodes of a level below one node of the coarsest.</summary>
    public int MaximumDescendants(int level)
    {
        var most = 0;
        for (var top = 0; top < NodeCount(0); top++)
        {
            most = Math.Max(most, FirstDescendant(level, top + 1) - FirstDescendant(level, top));
        }

        return most;
    }
}
