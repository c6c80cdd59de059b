using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>Whole trials made from means and correlations: the design's means, the structure's correlations, no random effects.</summary>
public sealed class MarginalTrialGeneratorTests
{
    private static readonly Mechanism Parallel = new()
    {
        Clusters = 40_000,
        Size = SizeLaw.OfSize(4),
        Effects = new TrialEffects { Baseline = -1, Effect = 0.7 },
        RandomEffect = EffectLaw.Normal(0),
        Generation = new MarginalGeneration(MarginalMethod.EmrichPiedmonte, CorrelationStructure.Exchangeable(0.2)),
    };

    [Fact]
    public void The_arms_have_their_means_and_clusters_their_correlation()
    {
        foreach (var method in MarginalMethod.All)
        {
            var frame = Draw(Parallel with { Generation = Parallel.Generation! with { Method = method } });
            for (var arm = 0; arm < 2; arm++)
            {
                var mean = Link.Logit.Mean(-1 + (0.7 * arm));
                AssertMoments(frame, arm, row => mean, row => Math.Sqrt(mean * (1 - mean)), (i, j) => 0.2);
            }
        }
    }

    [Fact]
    public void Counts_of_a_cluster_crossover_correlate_within_and_between_periods()
    {
        var design = TrialDesign.ClusterCrossover(2, Allocation.Equal(2));
        var frame = Draw(Parallel with
        {
            Design = design,
            Family = Family.Poisson,
            Link = Link.Log,
            Effects = new TrialEffects { Baseline = 0.5, Effect = -0.3, Trend = 0.2 },
            Generation = new MarginalGeneration(MarginalMethod.GaussianCopula, CorrelationStructure.Nested(0.3, 0.1)),
        });
        for (var arm = 0; arm < 2; arm++)
        {
            double Mean(int row) => Math.Exp(0.5 + (0.2 * (row / 2)) - (0.3 * design.Treatment(arm, row, 4)));
            AssertMoments(frame, arm, Mean, row => Math.Sqrt(Mean(row)), (i, j) => i / 2 == j / 2 ? 0.3 : 0.1);
        }
    }

    [Fact]
    public void The_truths_are_those_of_the_means_and_there_is_none_given_the_cluster()
    {
        Assert.Equal(0.7, StudyTarget.Marginal.Truth(Parallel), 1e-12);
        Assert.Equal(Link.Logit.Mean(-0.3) - Link.Logit.Mean(-1), StudyTarget.RiskDifference.Truth(Parallel), 1e-12);
        Assert.Equal(double.NaN, StudyTarget.Conditional.Truth(Parallel));
        Assert.Equal(double.NaN, StudyTarget.ClusterDeviation.Truth(Parallel));
    }

    [Fact]
    public void A_replicate_is_the_same_whatever_was_drawn_before()
    {
        var mechanism = Parallel with { Clusters = 12, Size = SizeLaw.Poisson(5) };
        var generator = mechanism.Open();
        generator.Draw(new RandomStream(1, 2, 3), 3);
        var second = generator.Draw(new RandomStream(1, 2, 4), 4).Response.ToArray();
        Assert.IsType<MarginalTrialGenerator>(generator);
        Assert.Equal(second, mechanism.Open().Draw(new RandomStream(1, 2, 4), 4).Response.ToArray());
    }

    [Fact]
    public void Every_size_that_may_come_is_looked_at()
    {
        Assert.Null(MarginalTrialGenerator.Problem(Parallel with { Size = SizeLaw.Poisson(30) }));
        var negative = Parallel with
        {
            Generation = new MarginalGeneration(MarginalMethod.Qaqish, CorrelationStructure.Exchangeable(-0.08)),
        };
        Assert.Null(MarginalTrialGenerator.Problem(negative));
        Assert.Contains("No 14 outcomes have the", MarginalTrialGenerator.Problem(negative with { Size = SizeLaw.OfSize(14) }));
        Assert.Contains("The most it admits is about", MarginalTrialGenerator.Problem(negative with { Size = SizeLaw.OfSize(8) }));
    }

    private static ModelFrame Draw(Mechanism mechanism) => mechanism.Open().Draw(new RandomStream(11, 12, 13), 13);

    private static void AssertMoments(
        ModelFrame frame, int arm, Func<int, double> mean, Func<int, double> deviation, Func<int, int, double> correlation)
    {
        var clusters = Enumerable.Range(0, frame.Clusters.Count).Where(c => c % 2 == arm).ToArray();
        for (var i = 0; i < 4; i++)
        {
            double Standard(int c, int row) => (frame.Response[frame.Clusters.Start(c) + row] - mean(row)) / deviation(row);
            Assert.Equal(0, clusters.Average(c => Standard(c, i)), 4 / Math.Sqrt(clusters.Length));
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(correlation(i, j), clusters.Average(c => Standard(c, i) * Standard(c, j)), 8 / Math.Sqrt(clusters.Length));
            }
        }
    }
}
