using System.Runtime.InteropServices;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Gee.Correlation;

/// <summary>The distinct patterns of codes among the clusters; clusters of one pattern share a factor of R.</summary>
internal sealed class ClusterPatterns
{
    private readonly Clusters clusters;
    private readonly int[] codes;
    private readonly int[] patternOfCluster;
    private readonly List<int> representatives = [];

    /// <summary>Finds the patterns.</summary>
    /// <param name="clusters">The clusters.</param>
    /// <param name="codes">One code a row, which decides its place in R.</param>
    public ClusterPatterns(Clusters clusters, int[] codes)
    {
        this.clusters = clusters;
        this.codes = codes;
        patternOfCluster = new int[clusters.Count];
        var found = new Dictionary<int, List<int>>();
        for (var i = 0; i < clusters.Count; i++)
        {
            patternOfCluster[i] = i > 0 && CodesOf(i).SequenceEqual(Codes(patternOfCluster[i - 1]))
                ? patternOfCluster[i - 1]
                : Find(found, i);
        }
    }

    /// <summary>The number of patterns.</summary>
    public int Count => representatives.Count;

    /// <summary>The pattern of a cluster.</summary>
    public int Of(int cluster) => patternOfCluster[cluster];

    /// <summary>The first cluster that has a pattern.</summary>
    public int Representative(int pattern) => representatives[pattern];

    /// <summary>The codes of a pattern.</summary>
    public ReadOnlySpan<int> Codes(int pattern) => CodesOf(representatives[pattern]);

    private ReadOnlySpan<int> CodesOf(int cluster) => codes.AsSpan(clusters.Start(cluster), clusters.Size(cluster));

    private int Find(Dictionary<int, List<int>> found, int cluster)
    {
        var own = CodesOf(cluster);
        var hash = new HashCode();
        hash.AddBytes(MemoryMarshal.AsBytes(own));
        var candidates = CollectionsMarshal.GetValueRefOrAddDefault(found, hash.ToHashCode(), out _) ??= [];
        foreach (var candidate in candidates)
        {
            if (own.SequenceEqual(Codes(candidate)))
            {
                return candidate;
            }
        }

        representatives.Add(cluster);
        candidates.Add(representatives.Count - 1);
        return representatives.Count - 1;
    }
}
