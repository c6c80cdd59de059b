using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation;

public sealed class TrialGeneratorTests
{
    [Fact]
    public void A_parallel_trial_treats_every_other_cluster()
    {
        var frame = new TrialGenerator(Mechanism(TrialDesign.Parallel, 3)).Draw(new RandomStream(1, 1, 1));
        Assert.Equal(["(Intercept)", "treatment"], frame.Design.Names);
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1], frame.Design.Column(1).ToArray());
        Assert.Equal([0, 3, 6, 9, 12], frame.Clusters.Offsets.ToArray());
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2], frame.Waves.ToArray());
        Assert.All(frame.Response.ToArray(), y => Assert.True(y is 0 or 1));
    }

    [Fact]
    public void A_crossover_treats_everybody_once_in_one_order_or_the_other()
    {
        var frame = new TrialGenerator(Mechanism(TrialDesign.Crossover, 2)).Draw(new RandomStream(1, 1, 1));
        Assert.Equal([0, 1, 1, 0, 0, 1, 1, 0], frame.Design.Column(1).ToArray());
        Assert.Equal([0, 1, 0, 1, 0, 1, 0, 1], frame.Design.Column(2).ToArray());
    }

    [Fact]
    public void A_longitudinal_trial_has_the_interaction_with_time()
    {
        var frame = new TrialGenerator(Mechanism(TrialDesign.Longitudinal, 3)).Draw(new RandomStream(1, 1, 1));
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 1, 2], frame.Design.Column(3).ToArray());
        Assert.Equal("treatment:time", frame.Design.Names[TrialDesign.Longitudinal.EffectColumn]);
    }

    [Fact]
    public void Carry_over_is_in_the_data_and_not_in_the_design()
    {
        var mechanism = Mechanism(TrialDesign.Crossover, 2) with
        {
            Clusters = 4000,
            RandomEffect = EffectLaw.Normal(0),
            Effects = new TrialEffects { CarryOver = 3 },
        };
        var frame = new TrialGenerator(mechanism).Draw(new RandomStream(1, 1, 1));
        var after = frame.Response.ToArray().Where((_, row) => row % 4 == 3).Average();
        var others = frame.Response.ToArray().Where((_, row) => row % 4 != 3).Average();
        Assert.Equal(1 / (1 + Math.Exp(-3)), after, 0.03);
        Assert.Equal(0.5, others, 0.03);
        Assert.Equal(3, frame.Design.Columns);
    }

    [Fact]
    public void Sizes_that_vary_have_their_law_and_are_never_zero()
    {
        var mechanism = Mechanism(TrialDesign.Parallel, 1) with { Clusters = 4000, Size = SizeLaw.Poisson(4) };
        var generator = new TrialGenerator(mechanism);
        var frame = generator.Draw(new RandomStream(1, 1, 1));
        var sizes = Enumerable.Range(0, 4000).Select(frame.Clusters.Size).ToArray();
        Assert.Equal(4 + Math.Exp(-4), sizes.Average(), 0.16);
        Assert.True(sizes.Min() >= 1);
        Assert.NotEqual(frame.Rows, generator.Draw(new RandomStream(1, 1, 2)).Rows);
    }

    [Fact]
    public void The_correlation_within_clusters_is_that_of_the_random_effect()
    {
        // Continuous: σ²/(σ² + residual variance) = 1/(1 + 3).
        var mechanism = Mechanism(TrialDesign.Parallel, 2) with
        {
            Clusters = 20_000,
            Family = Family.Gaussian,
            Link = Link.Identity,
            RandomEffect = EffectLaw.Normal(1),
            ResidualDeviation = Math.Sqrt(3),
            Effects = new TrialEffects(),
        };
        var y = new TrialGenerator(mechanism).Draw(new RandomStream(1, 1, 1)).Response.ToArray();
        var covariance = y.Chunk(2).Average(pair => pair[0] * pair[1]);
        Assert.Equal(1, covariance, 5 * 4.1 / Math.Sqrt(20_000));
        Assert.Equal(4, y.Average(value => value * value), 5 * 6.5 / Math.Sqrt(40_000));
    }

    [Fact]
    public void A_trial_is_its_stream_read_row_by_row()
    {
        // All sizes, then for each cluster its intercept and its outcomes.
        var mechanism = Mechanism(TrialDesign.Parallel, 1) with { Clusters = 7, Size = SizeLaw.Poisson(3) };
        var generator = new TrialGenerator(mechanism);
        foreach (var replicate in new ulong[] { 1, 2 })
        {
            var frame = generator.Draw(new RandomStream(3, 9, replicate));
            var stream = new RandomStream(3, 9, replicate);
            var sizes = Enumerable.Range(0, 7).Select(_ => Math.Max(1, (int)stream.NextPoisson(3))).ToArray();
            var row = 0;
            for (var c = 0; c < 7; c++)
            {
                var effect = stream.NextNormal();
                Assert.Equal(sizes[c], frame.Clusters.Size(c));
                for (var i = 0; i < sizes[c]; i++, row++)
                {
                    var eta = -0.5 + (0.5 * (c % 2)) + effect;
                    Assert.Equal(stream.NextUniform() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0, frame.Response[row]);
                }
            }

            Assert.Equal(row, frame.Rows);
        }
    }

    [Theory]
    [InlineData("parallel")]
    [InlineData("longitudinal")]
    [InlineData("crossover")]
    public void Distinct_rows_stand_for_all_rows(string name)
    {
        var design = new[]
        {
            TrialDesign.Parallel,
            TrialDesign.Longitudinal,
            TrialDesign.Crossover,
        }.First(candidate => candidate.Name == name);
        var generator = new TrialGenerator(Mechanism(design, 4));
        var frame = generator.Draw(new RandomStream(1, 1, 1));
        var distinct = generator.DistinctRows!;
        var counted = Enumerable.Range(0, frame.Rows)
            .GroupBy(i => string.Join(' ', Enumerable.Range(0, design.Columns.Count).Select(j => frame.Design.Column(j)[i])))
            .ToDictionary(group => group.Key, group => (double)group.Count());
        var observed = distinct.Observed;
        var keys = Enumerable.Range(0, observed.Design.Rows)
            .Select(i => string.Join(' ', Enumerable.Range(0, design.Columns.Count).Select(j => observed.Design.Column(j)[i])));

        Assert.Equal(counted.Keys.Order(), keys.Distinct().Order());
        Assert.Equal(counted, keys.Zip(observed.Counts.ToArray()).GroupBy(pair => pair.First).ToDictionary(
            group => group.Key,
            group => group.Sum(pair => pair.Second)));
        Assert.All(distinct.Under(1).Design.Column(1).ToArray(), treatment => Assert.Equal(1, treatment));
        Assert.Equal(frame.Rows, distinct.Under(0).Total);
        Assert.Same(observed, distinct.Observed);
    }

    [Fact]
    public void A_design_refuses_cluster_sizes_it_cannot_use()
    {
        Assert.Throws<ArgumentException>(() => new TrialGenerator(Mechanism(TrialDesign.Crossover, 3)));
        Assert.Throws<ArgumentException>(() => new TrialGenerator(Mechanism(TrialDesign.Longitudinal, 1)));
        Assert.Throws<ArgumentException>(() => new TrialGenerator(Mechanism(TrialDesign.Crossover, 2) with { Size = SizeLaw.Poisson(2) }));
    }

    private static Mechanism Mechanism(TrialDesign design, int size) => new()
    {
        Design = design,
        Clusters = 4,
        Size = SizeLaw.OfSize(size),
        RandomEffect = EffectLaw.Normal(1),
        Effects = new TrialEffects { Baseline = -0.5, Effect = 0.5 },
    };
}
