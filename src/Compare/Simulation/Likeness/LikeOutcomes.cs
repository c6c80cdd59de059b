using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>The law of the outcomes of clusters like those of the data. Immutable: any number of threads may draw from it.</summary>
internal abstract class LikeOutcomes
{
    /// <summary>Draws the outcomes of a cluster like one of the data.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="cluster">The cluster of the data, from 0.</param>
    /// <param name="outcomes">Receives the outcomes, one a row of the cluster.</param>
    public abstract void Draw(RandomStream stream, int cluster, Span<double> outcomes);
}
