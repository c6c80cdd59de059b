using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Compare.Tests.Simulation;

public sealed class SimulationRunnerTests
{
    private static readonly Study Study = Studies.Read(Studies.Small);

    [Fact]
    public void One_thread_and_several_give_the_same_bits()
    {
        var one = SimulationRunner.Run(Study, new SimulationOptions { Threads = 1 });
        var three = SimulationRunner.Run(Study, new SimulationOptions { Threads = 3 });
        AssertSameBits(one, three, Study.Replicates);
        Assert.True(one.Complete);
    }

    [Fact]
    public void A_bigger_run_contains_the_smaller()
    {
        var small = SimulationRunner.Run(Study with { Replicates = 10 }, new SimulationOptions());
        var big = SimulationRunner.Run(Study with { Replicates = 25 }, new SimulationOptions());
        AssertSameBits(small, big, 10);
    }

    [Fact]
    public void A_replicate_computed_alone_equals_the_one_in_the_run()
    {
        var result = SimulationRunner.Run(Study, new SimulationOptions());
        foreach (var (scenario, replicate) in new[] { (0, 0), (1, 17), (3, 39) })
        {
            var alone = SimulationRunner.RunOne(Study, scenario, replicate);
            for (var m = 0; m < Study.Methods.Count; m++)
            {
                Assert.Equal(result.Scenarios[scenario].Estimates(m)[replicate], alone[m]);
            }
        }
    }

    [Fact]
    public void Replicates_with_varying_sizes_are_reproducible_too()
    {
        var study = Studies.Read(Studies.With("cluster-size: 10", "cluster-size: poisson(6)"));
        var result = SimulationRunner.Run(study with { Replicates = 20 }, new SimulationOptions { Threads = 2 });
        Assert.Equal(result.Scenarios[1].Estimates(1)[13], SimulationRunner.RunOne(study, 1, 13)[1]);
    }

    [Fact]
    public void The_data_of_a_replicate_can_be_drawn_again()
    {
        var replicate = SimulationRunner.Draw(Study, 2, 5);
        var estimate = Study.Methods[1].Estimate(replicate);
        Assert.Equal(SimulationRunner.RunOne(Study, 2, 5)[1], estimate);
        Assert.Equal(200, replicate.Frame.Rows);
    }

    [Fact]
    public void A_replicate_whose_arm_has_no_event_is_a_failure_of_every_method()
    {
        var study = Studies.Read(Studies.With("baseline: -1", "baseline: -4").Replace(
            "cluster-size: 10", "cluster-size: 4", StringComparison.Ordinal).Replace(
                "clusters: 20",
                "clusters: 6",
                StringComparison.Ordinal));
        var separated = 0;
        for (var replicate = 0; replicate < 30; replicate++)
        {
            var frame = SimulationRunner.Draw(study, 0, replicate).Frame;
            var arm = frame.Design.Column(1).ToArray();
            var events = Enumerable.Range(0, 2).Select(level =>
                Enumerable.Range(0, frame.Rows).Count(i => arm[i] == level && frame.Response[i] == 1)).ToList();
            if (events[0] > 0 == events[1] > 0)
            {
                continue;
            }

            separated++;
            Assert.All(
                SimulationRunner.RunOne(study, 0, replicate), estimate => Assert.Equal(EstimateOutcome.Failed, estimate.Outcome));
        }

        Assert.InRange(separated, 3, 29);
    }

    [Fact]
    public void Another_seed_gives_other_data() =>
        Assert.NotEqual(SimulationRunner.RunOne(Study, 0, 0)[1], SimulationRunner.RunOne(Study with { Seed = 8 }, 0, 0)[1]);

    [Fact]
    public void A_stopped_run_keeps_what_was_finished_and_says_so()
    {
        using var stop = new CancellationTokenSource();
        var study = Study with { Replicates = 200 };
        var progress = new Counter(state =>
        {
            if (state.Finished >= 32)
            {
                stop.Cancel();
            }
        });
        var result = SimulationRunner.Run(study, new SimulationOptions { Threads = 1, Cancellation = stop.Token }, progress);
        Assert.False(result.Complete);
        var attempted = result.Scenarios.Sum(scenario => scenario.Performance[0].Attempted);
        Assert.InRange(attempted, 32, 799);
        Assert.Equal(0, result.Scenarios.Sum(scenario => scenario.Performance[0].Failed));
    }

    [Fact]
    public void Progress_reaches_the_total()
    {
        var last = 0;
        SimulationRunner.Run(Study with { Replicates = 8 }, new SimulationOptions { Threads = 1 }, new Counter(state =>
        {
            Assert.Equal(4 * 8, state.Total);
            last = Math.Max(last, state.Finished);
        }));
        Assert.Equal(4 * 8, last);
    }

    [Fact]
    public void Conditional_and_marginal_are_each_estimated_without_bias_and_differ()
    {
        // One scenario of the study on non-collapsibility, smaller: the biases are within four Monte Carlo errors (plus the small-sample
        // bias of either, below 0.02 here), while the truths are 0.4 apart.
        var study = Studies.Read(Studies.With("  effect: [0, 0.5]\n  sigma: [0.5, 1]", "  effect: 1\n  sigma: 2")
            .Replace("clusters: 20", "clusters: 100", StringComparison.Ordinal)
            .Replace("nodes: 7", "nodes: 15", StringComparison.Ordinal)) with
        { Replicates = 200 };
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        foreach (var row in rows)
        {
            Assert.Equal(0, row.Failed);
            Assert.InRange(row.Bias.Value, (-4 * row.Bias.MonteCarloError) - 0.02, (4 * row.Bias.MonteCarloError) + 0.02);
            Assert.InRange(row.Coverage.Value, 0.88, 0.99);
        }

        Assert.True(rows[0].Truth - rows[1].Truth > 0.35);
        Assert.True(rows[0].Mean.Value - rows[1].Mean.Value > 0.25);
    }

    [Fact]
    public void Parts_run_one_after_the_other_fill_the_same_estimates()
    {
        var whole = SimulationRunner.Run(Study with { Replicates = 9 }, new SimulationOptions());
        var estimates = new StudyEstimates(Study with { Replicates = 9 });
        foreach (var index in new[] { 2, 0, 1 })
        {
            var part = SimulationRunner.Run(estimates.Study, new SimulationOptions { Shard = new Shard(index, 3), Known = estimates });
            Assert.True(part.Complete);
        }

        AssertSameBits(whole, estimates.ToResult(complete: true), 9);
    }

    private static void AssertSameBits(StudyResult a, StudyResult b, int replicates)
    {
        for (var s = 0; s < a.Scenarios.Count; s++)
        {
            for (var m = 0; m < a.Study.Methods.Count; m++)
            {
                for (var r = 0; r < replicates; r++)
                {
                    EffectEstimate x = a.Scenarios[s].Estimates(m)[r], y = b.Scenarios[s].Estimates(m)[r];
                    Assert.Equal(BitConverter.DoubleToInt64Bits(x.Value), BitConverter.DoubleToInt64Bits(y.Value));
                    Assert.Equal(BitConverter.DoubleToInt64Bits(x.StandardError), BitConverter.DoubleToInt64Bits(y.StandardError));
                    Assert.Equal(x.Outcome, y.Outcome);
                }
            }
        }
    }

    private sealed class Counter(Action<SimulationProgress> report) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value)
        {
            lock (this)
            {
                report(value);
            }
        }
    }
}
