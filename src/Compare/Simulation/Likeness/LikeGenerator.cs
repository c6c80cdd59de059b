using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Likeness;

/// <summary>Draws trials like the one that was fitted.</summary>
/// <param name="source">What to draw.</param>
/// <remarks>The order of draws is part of the results: the clusters of all strata first, then effects and outcomes of each.</remarks>
internal sealed class LikeGenerator(LikeSource source) : IDataGenerator
{
    /// <inheritdoc/>
    public ModelFrame Draw(RandomStream stream, int replicate)
    {
        var chosen = Choose(stream);
        var rows = FrameSubset.OfClusters(source.Likeness.Frame, chosen);
        var outcomes = new double[rows.Rows];
        for (var c = 0; c < chosen.Length; c++)
        {
            source.Outcomes.Draw(stream, chosen[c], outcomes.AsSpan(rows.Clusters.Start(c), rows.Clusters.Size(c)));
        }

        return rows.WithResponse(outcomes);
    }

    /// <summary>The clusters of the data that the clusters of the trial are like: with replacement within each stratum.</summary>
    private int[] Choose(RandomStream stream)
    {
        var chosen = new int[source.Clusters];
        var at = 0;
        for (var stratum = 0; stratum < source.Strata.Count; stratum++)
        {
            var members = source.Strata.Members(stratum);
            for (var i = 0; i < source.Shares[stratum]; i++)
            {
                chosen[at++] = members[(int)(stream.NextUniform() * members.Length)];
            }
        }

        return chosen;
    }
}
