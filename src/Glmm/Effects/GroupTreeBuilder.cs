using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Effects;

/// <summary>
/// Merges equal groups: two groups are of one kind when they hold the same kinds of subgroups, each as often, in any order.
/// </summary>
internal sealed class GroupTreeBuilder
{
    private readonly IReadOnlyList<RandomLevel> levels;
    private readonly ClusterData data;

    // For each level the kind of every group; of a kind of a coarser level the kinds of its subgroups, ascending, and how often.
    private readonly int[][] kindOfGroup;
    private readonly List<int>[] kindStart;
    private readonly List<(int Kind, int Count)>[] members;

    private GroupTreeBuilder(IReadOnlyList<RandomLevel> levels, ClusterData data)
    {
        this.levels = levels;
        this.data = data;
        kindOfGroup = new int[levels.Count][];
        kindOfGroup[^1] = data.PatternOfCluster;
        kindStart = new List<int>[levels.Count];
        members = new List<(int, int)>[levels.Count];
    }

    /// <summary>Builds the tree of a model's levels.</summary>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="data">The rows, in the clusters of the finest.</param>
    /// <exception cref="ArgumentException">The groupings are not nested in each other.</exception>
    public static GroupTree Build(IReadOnlyList<RandomLevel> levels, ClusterData data)
    {
        var builder = new GroupTreeBuilder(levels, data);
        for (var level = levels.Count - 2; level >= 0; level--)
        {
            builder.FindKinds(level);
        }

        return builder.Grow();
    }

    /// <summary>Whether each grouping is nested in the one before it: no finer group lies in two coarser ones.</summary>
    public static bool AreNested(IReadOnlyList<RandomLevel> levels)
    {
        for (var l = 1; l < levels.Count; l++)
        {
            var coarse = levels[l - 1].Groups;
            var fine = levels[l].Groups;
            var parents = new int[levels[l].GroupCount];
            Array.Fill(parents, -1);
            for (var i = 0; i < fine.Length; i++)
            {
                // Rows of crossed groups need not follow one another.
                ref var parent = ref parents[fine[i]];
                parent = parent < 0 ? coarse[i] : parent;
                if (parent != coarse[i])
                {
                    return false;
                }
            }
        }

        return true;
    }

    private int FirstSubgroup(int level, int group) =>
        group == levels[level].GroupCount ? levels[level + 1].GroupCount : levels[level + 1].Groups[levels[level].ClusterOffsets[group]];

    private void FindKinds(int level)
    {
        var kinds = kindOfGroup[level] = new int[levels[level].GroupCount];
        var starts = kindStart[level] = [0];
        var parts = members[level] = [];
        var known = new Dictionary<ulong, int>(kinds.Length);
        for (var group = 0; group < kinds.Length; group++)
        {
            var first = FirstSubgroup(level, group);
            var own = kindOfGroup[level + 1].AsSpan(first, FirstSubgroup(level, group + 1) - first).ToArray();
            Array.Sort(own);
            var start = parts.Count;
            var hash = 14695981039346656037UL;
            for (var i = 0; i < own.Length;)
            {
                var end = i + 1;
                while (end < own.Length && own[end] == own[i])
                {
                    end++;
                }

                parts.Add((own[i], end - i));
                hash = RowHashes.Mix(RowHashes.Mix(hash, (ulong)own[i]), (ulong)(end - i));
                i = end;
            }

            ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(known, hash, out var exists);
            if (exists && SameMembers(level, kind, start))
            {
                parts.RemoveRange(start, parts.Count - start);
            }
            else
            {
                kind = starts.Count - 1;
                starts.Add(parts.Count);
            }

            kinds[group] = kind;
        }
    }

    private bool SameMembers(int level, int kind, int start)
    {
        var parts = CollectionsMarshal.AsSpan(members[level]);
        return parts[kindStart[level][kind]..kindStart[level][kind + 1]].SequenceEqual(parts[start..]);
    }

    // Unfolds the kinds of the coarsest level into a tree, level by level.
    private GroupTree Grow()
    {
        var depth = levels.Count;
        var firstChildren = new int[depth - 1][];
        var multiplicities = new double[depth][];
        var nodesOfGroups = new int[depth][];
        nodesOfGroups[0] = kindOfGroup[0];
        multiplicities[0] = new double[kindStart[0].Count - 1];
        foreach (var kind in kindOfGroup[0])
        {
            multiplicities[0][kind]++;
        }

        int[] kinds = [.. Enumerable.Range(0, multiplicities[0].Length)];
        for (var level = 0; level + 1 < depth; level++)
        {
            var first = new int[kinds.Length + 1];
            var next = new List<int>();
            var counts = new List<double>();
            for (var node = 0; node < kinds.Length; node++)
            {
                foreach (var (kind, count) in Members(level, kinds[node]))
                {
                    next.Add(kind);
                    counts.Add(count);
                }

                first[node + 1] = next.Count;
            }

            firstChildren[level] = first;
            multiplicities[level + 1] = [.. counts];
            nodesOfGroups[level + 1] = NodesBelow(level, nodesOfGroups[level], first);
            kinds = [.. next];
        }

        return new GroupTree(levels, data, firstChildren, multiplicities, nodesOfGroups, kinds);
    }

    private ReadOnlySpan<(int Kind, int Count)> Members(int level, int kind) =>
        CollectionsMarshal.AsSpan(members[level])[kindStart[level][kind]..kindStart[level][kind + 1]];

    private int[] NodesBelow(int level, int[] nodes, int[] firstChildren)
    {
        var below = new int[levels[level + 1].GroupCount];
        for (var group = 0; group < nodes.Length; group++)
        {
            var parts = Members(level, kindOfGroup[level][group]);
            for (var sub = FirstSubgroup(level, group); sub < FirstSubgroup(level, group + 1); sub++)
            {
                below[sub] = firstChildren[nodes[group]] + IndexOf(parts, kindOfGroup[level + 1][sub]);
            }
        }

        return below;
    }

    private static int IndexOf(ReadOnlySpan<(int Kind, int Count)> parts, int kind)
    {
        var (low, high) = (0, parts.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (parts[middle].Kind < kind)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
