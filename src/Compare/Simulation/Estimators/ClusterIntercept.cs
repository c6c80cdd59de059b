using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>Gives a frame the random intercept of its clusters, for fitters that take random terms as they are.</summary>
internal static class ClusterIntercept
{
    /// <summary>The same frame with that one random term.</summary>
    public static ModelFrame Add(ModelFrame frame)
    {
        var clusters = frame.Clusters;
        var members = new int[frame.Rows];
        for (var c = 0; c < clusters.Count; c++)
        {
            members.AsSpan(clusters.Start(c), clusters.Size(c)).Fill(c);
        }

        var ones = new double[frame.Rows];
        Array.Fill(ones, 1);
        return frame.WithTerms(
            frame.Design,
            [new RandomTermDesign(clusters.Name, members, clusters.Count, clusters.Label, [DesignMatrix.InterceptName], ones, true)]);
    }
}
