using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;

namespace MarginalConditional.Compare.Tests.Simulation.Methods;

/// <summary>What a replicate allocates once its thread is warm: it decides how well many threads work beside each other.</summary>
public sealed class MethodAllocationTests
{
    [Theory]
    [InlineData("cluster-means", 10_000)]
    [InlineData("cluster-means: {weighting: participant, scale: log-odds-ratio}", 10_000)]
    [InlineData("permutation-test", 10_000)]
    [InlineData("gee", 10_000)]
    [InlineData("glmm: {nodes: 7}", 10_000)]
    public void A_replicate_allocates_little(string method, int most) =>
        Require("clusters: 20, cluster-size: 10, sigma: 0.7, effect: 0.5", method, most);

    [Theory]
    [InlineData("cluster-means")]
    [InlineData("permutation-test")]
    [InlineData("gee")]
    [InlineData("gee: {se: mancl-derouen, df: k-p}")]
    [InlineData("glmm: {nodes: 10}")]
    public void So_does_one_of_thirty_clusters_of_twenty_rows(string method) =>
        Require("clusters: 30, cluster-size: 20, baseline: -1, sigma: 0.6, effect: 0.5", method, 10_000);

    private static void Require(string trial, string method, int most)
    {
        var study = Drawn.Study(trial, method);
        using var thread = new SimulationThread(study with { Replicates = 100 }, []);
        EffectEstimate[][] estimates = [new EffectEstimate[100]];
        for (var r = 0; r < 30; r++)
        {
            thread.Run(0, r, estimates);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var r = 30; r < 80; r++)
        {
            thread.Run(0, r, estimates);
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / 50;
        Assert.True(each <= most, FormattableString.Invariant($"{method}: {each} bytes a replicate"));
    }
}
