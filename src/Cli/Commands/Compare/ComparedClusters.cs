using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Mixed.Crossed;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>Whether the clusters of the marginal model are those of the mixed model.</summary>
internal static class ComparedClusters
{
    /// <summary>
    /// Refuses clusters other than the coarsest groups of groupings that lie in each other, whatever their names promised: both models
    /// are compared cluster by cluster. Groupings that cross may have any.
    /// </summary>
    /// <param name="frame">The frame of both models.</param>
    public static void Check(ModelFrame frame)
    {
        if (GlmmFitter.AreCrossed(frame) || frame.RandomTerms.MinBy(term => term.GroupCount) is not { } coarsest)
        {
            return;
        }

        var reaching = CrossedClusters.Reaching(frame, [coarsest]).Length > 0;
        if (reaching || coarsest.GroupCount != frame.Clusters.Count)
        {
            throw new InputException(
                $"--cluster is {frame.Clusters.Name}, but the groups of the random part lie in each other, and {coarsest.Group} "
                + $"has the largest, {(reaching ? "in which several clusters lie" : "several in a cluster")}: both models need the same "
                + "clusters.")
            {
                Hint = $"Say --cluster {coarsest.Group}.",
            };
        }
    }
}
