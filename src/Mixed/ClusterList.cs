using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Mixed;

/// <summary>Clusters by name, in the order in which numbers of theirs come.</summary>
/// <param name="Name">What they are: the name of their column or grouping.</param>
/// <param name="Labels">Their K labels.</param>
/// <param name="Sizes">Their K numbers of rows.</param>
public sealed record ClusterList(string Name, IReadOnlyList<string> Labels, IReadOnlyList<int> Sizes)
{
    /// <summary>The clusters of a frame.</summary>
    public static ClusterList Of(Clusters clusters)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        var every = Enumerable.Range(0, clusters.Count);
        return new ClusterList(clusters.Name, [.. every.Select(clusters.Label)], [.. every.Select(clusters.Size)]);
    }

    /// <summary>The groups of a random-effects term.</summary>
    public static ClusterList Of(RandomTermDesign term)
    {
        ArgumentNullException.ThrowIfNull(term);
        var sizes = new int[term.GroupCount];
        foreach (var group in term.Groups)
        {
            sizes[group]++;
        }

        return new ClusterList(term.Group, [.. Enumerable.Range(0, sizes.Length).Select(term.Label)], sizes);
    }
}
