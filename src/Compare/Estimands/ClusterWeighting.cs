using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Estimands;

/// <summary>
/// Whom a standardized mean averages over: every row alike, or every
/// cluster alike. They differ when the effect depends on a cluster's size.
/// </summary>
public abstract class ClusterWeighting
{
    private ClusterWeighting(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Each row counts alike (times its weight), so a large cluster counts more.</summary>
    public static ClusterWeighting Participant { get; } = new ParticipantAverage();

    /// <summary>Each cluster counts alike, whatever its size.</summary>
    public static ClusterWeighting Cluster { get; } = new ClusterAverage();

    /// <summary>The weighting at a place of the arrays that hold both: 0 participant, 1 cluster.</summary>
    internal static ClusterWeighting At(int place) => place == 0 ? Participant : Cluster;

    /// <summary>The name as the program spells it.</summary>
    public string Name { get; }

    /// <summary>The population, in words.</summary>
    public string Description { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The share of each row in the mean: n values that add up to 1.</summary>
    /// <param name="clusters">The partition of the rows.</param>
    /// <param name="counts">How often each row counts, or empty.</param>
    internal abstract double[] Shares(Clusters clusters, ReadOnlySpan<double> counts);

    private static double Total(ReadOnlySpan<double> counts, int start, int length)
    {
        if (counts.IsEmpty)
        {
            return length;
        }

        var sum = 0.0;
        foreach (var count in counts.Slice(start, length))
        {
            sum += count;
        }

        return sum;
    }

    private sealed class ParticipantAverage() : ClusterWeighting("participant", "every row counts alike")
    {
        internal override double[] Shares(Clusters clusters, ReadOnlySpan<double> counts)
        {
            var shares = new double[clusters.Start(clusters.Count)];
            var total = Total(counts, 0, shares.Length);
            for (var i = 0; i < shares.Length; i++)
            {
                shares[i] = (counts.IsEmpty ? 1 : counts[i]) / total;
            }

            return shares;
        }
    }

    private sealed class ClusterAverage() : ClusterWeighting("cluster", "every cluster counts alike")
    {
        internal override double[] Shares(Clusters clusters, ReadOnlySpan<double> counts)
        {
            var shares = new double[clusters.Start(clusters.Count)];
            for (var c = 0; c < clusters.Count; c++)
            {
                var total = Total(counts, clusters.Start(c), clusters.Size(c)) * clusters.Count;
                for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
                {
                    shares[i] = (counts.IsEmpty ? 1 : counts[i]) / total;
                }
            }

            return shares;
        }
    }
}
