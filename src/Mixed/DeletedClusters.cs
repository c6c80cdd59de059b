using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Mixed;

/// <summary>What leaving each cluster out does to the coefficients of a mixed model. Immutable.</summary>
public sealed class DeletedClusters
{
    private readonly double[] changes;

    /// <summary>Wraps the changes (not copied) and measures them.</summary>
    /// <param name="clusters">The K clusters.</param>
    /// <param name="changes">β̂ − β̂₍ᵢ₎, K×p by rows.</param>
    /// <param name="information">The inverse of the covariance of β̂, p×p.</param>
    public DeletedClusters(ClusterList clusters, double[] changes, ReadOnlySpan<double> information)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(changes);
        Clusters = clusters;
        this.changes = changes;
        Distances = CookDistances.Of(changes, (int)Math.Sqrt(information.Length), information);
        if (Distances.Values.Length != clusters.Labels.Count)
        {
            throw new ArgumentException(
                $"{clusters.Labels.Count} clusters do not have {Distances.Values.Length} changes.", nameof(changes));
        }
    }

    /// <summary>The K clusters.</summary>
    public ClusterList Clusters { get; }

    /// <summary>DFBETA: β̂ less the estimate without the cluster, K×p by rows (link scale).</summary>
    public ReadOnlySpan<double> Changes => changes;

    /// <summary>Cook's distances, in units of the model-based covariance.</summary>
    public CookDistances Distances { get; }
}
