using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;

namespace MarginalConditional.Compare.Tests.Simulation.Stopping;

/// <summary>Studies whose scenarios end by a rule: <see cref="ReplicateQueue"/>, <see cref="ScenarioLooks"/> and what they leave.</summary>
public sealed class StoppedStudyTests
{
    private static readonly Study Study = With("{until: {power: 0.6, coverage-mcse: 0.06, alpha: 0.2, every: 20}, max: 150}");

    private static readonly StudyResult Whole = SimulationRunner.Run(Study, new SimulationOptions { Threads = 1 });

    [Fact]
    public void Scenarios_end_at_the_first_look_that_decides_everything()
    {
        Assert.True(Whole.Complete);
        foreach (var scenario in Whole.Scenarios)
        {
            var expected = FirstDecision(scenario);
            Assert.Equal(Math.Min(expected, Study.Replicates), scenario.Stop!.Replicates);
            Assert.Equal(expected > Study.Replicates ? StopReason.Maximum : StopReason.Decided, scenario.Stop.Reason);
            Assert.Equal(scenario.Stop.Reason == StopReason.Decided, scenario.Stop.Criteria.All(criterion => criterion.IsMet));
            Assert.All(scenario.Performance, row => Assert.Equal(scenario.Stop.Replicates, row.Attempted));
            Assert.Equal(2 * Study.Methods.Count, scenario.Stop.Criteria.Count);
        }

        var ends = Whole.Scenarios.Select(scenario => scenario.Stop!.Replicates).ToArray();
        Assert.True(ends.Distinct().Count() > 1, string.Join(", ", ends));
    }

    [Fact]
    public void Counts_of_the_rule_are_those_of_the_performance()
    {
        foreach (var scenario in Whole.Scenarios)
        {
            foreach (var criterion in scenario.Stop!.Criteria)
            {
                var row = scenario.Performance[criterion.Method];
                var measure = criterion.Name == "power" ? row.Rejection : row.Coverage;
                Assert.Equal(measure.Value, (double)criterion.Count / criterion.Total, 1e-15);
                Assert.Equal(row.Converged, criterion.Total);
            }
        }
    }

    [Fact]
    public void Threads_change_neither_the_end_nor_a_bit()
    {
        foreach (var threads in new[] { 2, 5 })
        {
            AssertSame(Whole, SimulationRunner.Run(Study, new SimulationOptions { Threads = threads }));
        }
    }

    [Fact]
    public void A_run_that_was_cut_off_goes_on_to_the_same_end()
    {
        var estimates = new StudyEstimates(Study);
        foreach (var limit in new[] { 7, 33, 90, 141 })
        {
            using var stop = new CancellationTokenSource();
            var part = SimulationRunner.Run(
                Study,
                new SimulationOptions { Threads = 2, Known = estimates, Cancellation = stop.Token },
                new Cut(state =>
                {
                    if (state.Finished >= limit)
                    {
                        stop.Cancel();
                    }
                }));
            Assert.False(part.Complete);
            Assert.Contains(part.Scenarios, scenario => scenario.Stop!.Reason == StopReason.Interrupted);
        }

        AssertSame(Whole, SimulationRunner.Run(Study, new SimulationOptions { Known = estimates }));
    }

    [Fact]
    public void The_progress_ends_at_what_was_run()
    {
        SimulationProgress last = new(0, 0, 0);
        SimulationRunner.Run(Study, new SimulationOptions { Threads = 1 }, new Cut(state => last = state));
        Assert.Equal(Whole.Scenarios.Sum(scenario => scenario.Stop!.Replicates), last.Finished);
        Assert.InRange(last.Total, last.Finished, (4 * Study.Replicates) - 1);
    }

    [Fact]
    public void A_part_is_refused() => Assert.Throws<ArgumentException>(
        () => SimulationRunner.Run(Study, new SimulationOptions { Shard = new Shard(0, 2) }));

    [Fact]
    public void A_method_that_always_fails_is_never_decided()
    {
        var study = With("{until: {power: 0.8, every: 10}, max: 30}") with { Methods = [new Failing()] };
        var result = SimulationRunner.Run(study, new SimulationOptions());
        Assert.All(result.Scenarios, scenario => Assert.Equal((30, StopReason.Maximum), (scenario.Stop!.Replicates, scenario.Stop.Reason)));
        Assert.All(result.Scenarios, scenario => Assert.Equal((0, 1), (scenario.Stop!.Criteria[0].Lower, scenario.Stop.Criteria[0].Upper)));
    }

    [Theory]
    [InlineData("{until: {power: 0.8}}", "lacks \"max\"")]
    [InlineData("{until: {}, max: 100}", "asks for nothing: it lacks coverage-mcse and power")]
    [InlineData("{until: {pwer: 0.8}, max: 100}", "until has no setting \"pwer\". Did you mean \"power\"?")]
    [InlineData("{until: {power: 80}, max: 100}", "The setting power is \"80\"; it must lie between 0.001 and 0.999")]
    [InlineData("{until: {power: .8, every: 1}, max: 100}", "The setting every is \"1\"; it must be a whole number from 10")]
    [InlineData("{until: {power: .8, alpha: 0}, max: 100}", "The setting alpha is \"0\"; it must lie between 0.000001 and 0.5")]
    [InlineData("{until: {coverage-mcse: .5}, max: 100}", "The setting coverage-mcse is \".5\"; it must lie between 0.0001 and 0.5")]
    [InlineData("{until: {power: .8}, max: 0}", "The setting max is \"0\"; it must be a whole number from 1 to")]
    [InlineData("{until: {power: .8}, coverage-mcse: .01, max: 10}", "The setting coverage-mcse stands beside \"until\"")]
    [InlineData("{max: 10}", "The setting max has a meaning beside \"until\" only")]
    public void A_rule_that_says_nothing_is_refused(string rule, string message)
    {
        var error = Assert.Throws<Data.InputException>(() => With(rule));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Line);
    }

    [Fact]
    public void A_rule_has_its_defaults()
    {
        var rule = With("{until: {coverage-mcse: .005}, max: 50000}").Until!;
        Assert.Equal(new StoppingRule { CoverageError = 0.005, Alpha = 0.05, Every = 100 }, rule);
        Assert.Equal(2 * 1.959963984540054 * 0.005, rule.CoverageWidth, 1e-12);
        Assert.Equal(0.05 / 12, rule.Share(4, 3), 1e-15);
        Assert.Equal([100, 200, 250], new[] { 0, 199, 200 }.Select(replicates => rule.NextLook(replicates, 250)).ToArray().Distinct());
    }

    /// <summary>L(1 − L)/e² replicates bring the error of a coverage of L down to e: 1900 for 0.95 and 0.005.</summary>
    [Theory]
    [InlineData("{coverage-mcse: 0.005}", 1900)]
    [InlineData("{coverage-mcse: 0.01}", 475)]
    [InlineData("{coverage-mcse: 0.02}", 119)]
    [InlineData("{coverage-mcse: 0.4999}", 1)]
    [InlineData("17", 17)]
    public void As_many_replicates_are_run_as_the_error_of_a_coverage_needs(string replicates, int expected)
    {
        var study = With(replicates);
        Assert.Equal(expected, study.Replicates);
        Assert.Null(study.Until);
    }

    [Theory]
    [InlineData("{until: {power: .001}, max: 10}", 1)]
    [InlineData("{until: {power: .999}, max: 10}", 1)]
    [InlineData("{until: {coverage-mcse: .0001, alpha: .5}, max: 10}", 1)]
    [InlineData("{until: {coverage-mcse: .01, power: .8, alpha: .000001}, max: 10}", 2)]
    public void The_ends_of_what_a_rule_may_ask_for_are_allowed(string rule, int criteria)
    {
        var study = With(rule);
        Assert.Equal(criteria, study.Until!.Criteria);
        Assert.Equal(10, study.Replicates);
    }

    private static Study With(string replicates) =>
        Studies.Read(Studies.With("replicates: 40", "replicates: " + replicates).Split("  - glmm")[0] + "  - gee\n  - standardized-gee\n");

    /// <summary>The first look at which every interval is narrow enough or excludes the target, by counting anew each time.</summary>
    private static int FirstDecision(ScenarioResult scenario)
    {
        var alpha = 0.2 / (4 * 2 * 2);
        for (var look = 20; ; look = Math.Min(look + 20, Study.Replicates))
        {
            var open = 0;
            for (var m = 0; m < 2; m++)
            {
                var seen = scenario.Estimates(m)[..Math.Min(look, scenario.Stop!.Replicates)].ToArray();
                var usable = seen.Where(estimate => estimate.IsUsable).ToArray();
                var covered = usable.Count(estimate => Holds(estimate.Interval(0.95), scenario.Performance[m].Truth));
                var rejected = usable.Count(estimate => !Holds(estimate.Interval(0.95), 0));
                var (lower, upper) = ConfidenceSequence.Interval(covered, usable.Length, alpha);
                open += upper - lower > 2 * 1.96 * 0.06 ? 1 : 0;
                open += ConfidenceSequence.Contains(rejected, usable.Length, 0.6, alpha) ? 1 : 0;
            }

            if (open == 0 || look == Study.Replicates)
            {
                return open == 0 ? look : int.MaxValue;
            }
        }
    }

    private static bool Holds((double Lower, double Upper) interval, double value) => interval.Lower <= value && value <= interval.Upper;

    private static void AssertSame(StudyResult a, StudyResult b)
    {
        Assert.True(b.Complete);
        for (var s = 0; s < a.Scenarios.Count; s++)
        {
            Assert.Equal(a.Scenarios[s].Stop!.Replicates, b.Scenarios[s].Stop!.Replicates);
            Assert.Equal(a.Scenarios[s].Stop!.Criteria, b.Scenarios[s].Stop!.Criteria);
            for (var m = 0; m < a.Study.Methods.Count; m++)
            {
                Assert.Equal(a.Scenarios[s].Estimates(m).ToArray(), b.Scenarios[s].Estimates(m).ToArray());
            }
        }
    }

    private sealed class Failing : IEstimator
    {
        public string Name => "failing";

        public IEstimand Target => StudyTarget.Marginal;

        public EffectEstimate Estimate(Replicate replicate) => EffectEstimate.Failed;
    }

    private sealed class Cut(Action<SimulationProgress> report) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => report(value);
    }
}
