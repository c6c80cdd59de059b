using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>Outcomes of the clusters of a fit, each by a law of its own. Immutable.</summary>
internal sealed class MarginalLaws : LikeOutcomes
{
    private readonly MarginalLaw[] laws;

    /// <summary>Prepares the law of every cluster.</summary>
    /// <param name="clusters">The number of clusters.</param>
    /// <param name="of">Makes or finds the law of a cluster.</param>
    public MarginalLaws(int clusters, Func<int, MarginalLaw> of) => laws = [.. Enumerable.Range(0, clusters).Select(of)];

    /// <inheritdoc/>
    public override void Draw(RandomStream stream, int cluster, Span<double> outcomes) =>
        laws[cluster].Draw(stream, new double[outcomes.Length], outcomes);
}
