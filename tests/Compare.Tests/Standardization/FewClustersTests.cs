using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Simulation.Informative;
using MarginalConditional.Compare.Standardization;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Standardization;

/// <summary>One Newton step against fits without each cluster, where clusters are few and one of them may lie out.</summary>
public sealed class FewClustersTests
{
    [Fact]
    public void With_twelve_clusters_one_step_is_near_the_refits()
    {
        var (sum, largest, trials) = (0.0, 0.0, 0);
        for (var replicate = 0; replicate < 40; replicate++)
        {
            var frame = new InformativeTrial { Clusters = 12, Slope = 0.5, Spread = 0.6 }
                .Draw(new RandomStream(20261126, 12, (ulong)replicate), "y ~ arm + x + (1 | id)");
            var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial, CheckNodes = false, Threads = 1 });
            var model = WorkingModel.Of(fit);
            var ratio = Error(model.Deletions()) / Error(model.Refits());
            (sum, largest, trials) = (sum + ratio, Math.Max(largest, ratio), trials + 1);
        }

        // With the clusters' observed information on σ the mean is 1.4 and the largest 3.1.
        Assert.InRange(sum / trials, 0.95, 1.2);
        Assert.True(largest < 2.2, $"One step is {largest:0.00} times the refits.");
    }

    /// <summary>The error of the arm's coefficient.</summary>
    private static double Error(double[] changes) => new ClusterInfluence(12, changes).StandardError(1);
}
