using MarginalConditional.Compare.Planning;
using MarginalConditional.Compare.Planning.Simulated;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Planning.Simulated;

/// <summary><see cref="SimulatedPlanner"/> beside formulas, where they are exact and where they are good.</summary>
public sealed class SimulatedPlannerTests
{
    private static readonly ClusterKind[] Kinds = [new(10, 0.3, 0.5), new(90, 0.4, 0.43)];

    [Fact]
    public void The_power_of_normal_outcomes_is_that_of_the_noncentral_t()
    {
        var trial = PlannedClusters.Continuous(0.5, 1, 0.05, [20]);
        foreach (var clusters in new[] { 6, 16 })
        {
            foreach (var answer in SimulatedPlanner.Powers(trial, clusters, new SimulatedPlanOptions { Trials = 20_000 }))
            {
                var exact = NormalPlan(0.5, 20).Power(clusters);
                Assert.Equal(20_000, answer.Power.Total);
                Assert.InRange(answer.Power.Estimate, exact - (4 * answer.Power.Error), exact + (4 * answer.Power.Error));
                Assert.InRange(exact, answer.Power.Lower, answer.Power.Upper);
            }
        }
    }

    [Fact]
    public void The_clusters_of_normal_outcomes_lie_where_the_exact_number_is()
    {
        foreach (var (difference, size) in new[] { (0.5, 20), (0.25, 12) })
        {
            var exact = NormalPlan(difference, size).Clusters(0.8)!.Value;
            var trial = PlannedClusters.Continuous(difference, 1, 0.05, [size]);
            foreach (var start in new[] { exact, 8, 500 })
            {
                foreach (var answer in SimulatedPlanner.Clusters(trial, start, new SimulatedPlanOptions { Trials = 10_000 }))
                {
                    Assert.InRange(exact, answer.AtLeast, answer.AtMost!.Value);
                    Assert.InRange(answer.Needed!.Value, exact - 2 - (0.04 * exact), exact + 2 + (0.04 * exact));
                    Assert.InRange(answer.AtMost.Value - answer.AtLeast, 0, 4 + (0.35 * exact));
                }
            }
        }
    }

    /// <summary>Sizes 10 and 90, risks .3 to .5 and .4 to .43: 64 clusters for one average, 354 for the other.</summary>
    [Fact]
    public void Each_average_of_two_kinds_of_clusters_needs_what_its_formula_says()
    {
        var trial = PlannedClusters.OfKinds(Kinds, 0.05);
        var options = new SimulatedPlanOptions { Trials = 4_000 };
        Assert.Equal(0.115, trial.Effect(PlannedEstimand.ClusterAverage), 1e-12);
        Assert.Equal(0.047, trial.Effect(PlannedEstimand.ParticipantAverage), 1e-12);
        Assert.True(double.IsNaN(trial.Effect(PlannedEstimand.Patient)));
        var averages = SimulatedPlanner.Clusters(trial, 64, options, [PlannedEstimand.ParticipantAverage, PlannedEstimand.ClusterAverage])
            .ToDictionary(answer => answer.Estimand);
        Assert.InRange(averages[PlannedEstimand.ClusterAverage].Needed!.Value, 60, 70);
        Assert.InRange(averages[PlannedEstimand.ParticipantAverage].Needed!.Value, 334, 374);
        Assert.All(averages.Values, answer => Assert.InRange(answer.Power.Estimate, 0.8, 0.82));
    }

    [Fact]
    public void Counts_have_the_means_and_the_correlation_asked_for_and_the_power_of_the_formula()
    {
        var trial = PlannedClusters.Counts(0.4, 0.7, 1.5, 0.1, [12]);
        Assert.Equal(0.3, trial.Effect(PlannedEstimand.ClusterAverage), 1e-12);
        Assert.Equal(2 * Math.Log(0.7 / 0.4), trial.Effect(PlannedEstimand.PatientRate, 2), 1e-12);
        var draws = trial.At(1);
        var stream = new RandomStream(1, 2, 0);
        const int count = 40_000;
        double[] sums = [.. Enumerable.Range(0, count).Select(c =>
        {
            stream.Reset(1, 2, (ulong)c);
            return draws.Next(stream, treated: false).Sum;
        })];

        // A sum of 12 rows of mean μ and correlation ρ has variance 12 σ² (1 + 11 ρ), and σ² is μ/(1 − ρ).
        var (mean, variance) = (12 * 0.6, 12 * 0.6 / 0.9 * (1 + (11 * 0.1)));
        Assert.InRange(sums.Average(), mean - (5 * Math.Sqrt(variance / count)), mean + (5 * Math.Sqrt(variance / count)));
        Assert.InRange(sums.Average(sum => (sum - mean) * (sum - mean)) / variance, 0.93, 1.07);

        // Means of clusters: μ/12 + μ²κ in each arm, κ = ρ/{(1 − ρ)μ} of the controls. On the log scale 1/(12μ) + log(1 + κ).
        var kappa = 0.1 / 0.9 / 0.6;
        var difference = Plan(0.45, 2 * ((0.6 / 12) + (0.6 * 0.6 * kappa) + (1.05 / 12) + (1.05 * 1.05 * kappa)));
        var ratio = Plan(Math.Log(1.75), 2 * ((1 / 7.2) + (1 / 12.6) + (2 * Math.Log(1 + kappa))));
        foreach (var answer in SimulatedPlanner.Powers(trial, 20, new SimulatedPlanOptions { Trials = 600 }))
        {
            var expected = (answer.Estimand == PlannedEstimand.PatientRate ? ratio : difference).Power(20);
            Assert.InRange(answer.Power.Estimate, expected - 0.1, expected + 0.1);
            Assert.True(answer.Power.Failed < 30);
        }

        static TrialPlan Plan(double effect, double variance) =>
            new() { Outcome = PlannedOutcome.Known("counts", effect, variance), Information = 1 };
    }

    [Fact]
    public void The_mixed_model_needs_about_what_its_expected_information_says()
    {
        var plan = new TrialPlan { Outcome = ConditionalPlan.Of(0.3, 0.5, 0.05, [20]).Outcome, Information = 1 };
        var trial = PlannedClusters.Alike(0.3, 0.5, 0.05, [20]);
        Assert.Equal(plan.Outcome.Effect, trial.Effect(PlannedEstimand.Patient), 1e-12);
        var answer = SimulatedPlanner.Powers(trial, 20, new SimulatedPlanOptions { Trials = 1_000 })[0];
        Assert.Same(PlannedEstimand.Patient, answer.Estimand);
        Assert.InRange(answer.Power.Estimate, plan.Power(20) - 0.05, plan.Power(20) + 0.05);
        Assert.Equal(1_000, answer.Power.Total + answer.Power.Failed);
    }

    [Fact]
    public void The_least_effect_of_normal_outcomes_is_where_the_exact_one_is()
    {
        var trial = PlannedClusters.Continuous(0.4, 1, 0.05, [20]);
        foreach (var answer in SimulatedPlanner.Effects(trial, 24, new SimulatedPlanOptions { Trials = 10_000, Power = 0.9 }))
        {
            var (low, high) = (0.0, 5.0);
            while (high - low > 1e-6)
            {
                var middle = (low + high) / 2;
                (low, high) = NormalPlan(0.4 * middle, 20).Power(24) < 0.9 ? (middle, high) : (low, middle);
            }

            Assert.InRange(high, answer.AtLeast - 0.005, answer.AtMost!.Value);
            Assert.InRange(answer.Needed!.Value, 0.97 * high, (1.03 * high) + 0.005);
            Assert.Equal(0.4 * answer.Needed.Value, answer.Effect, 1e-12);
        }
    }

    [Fact]
    public void A_trial_of_more_clusters_contains_that_of_fewer()
    {
        var draws = PlannedClusters.OfKinds(Kinds, 0.05).At(1);
        var (grown, fresh) = (new DrawnTrials(draws, 3, 5), new DrawnTrials(draws, 3, 5));
        var small = grown.Trial(4, 6, 4);
        var large = grown.Trial(4, 9, 12);
        Assert.Equal(small.Sizes.Take(6).Concat(small.Sizes.Skip(6)), large.Sizes.Take(6).Concat(large.Sizes.Skip(9).Take(4)));
        Assert.Equal(small.Sums.Take(6).Concat(small.Sums.Skip(6)), large.Sums.Take(6).Concat(large.Sums.Skip(9).Take(4)));
        Assert.Equal(large.Sums, fresh.Trial(4, 9, 12).Sums);
        Assert.Equal(12, large.Treated.Count(own => own));
        Assert.False(large.Treated[8]);
    }

    /// <summary>The means and covariances of many clusters are those that were asked for.</summary>
    [Fact]
    public void Drawn_clusters_have_the_risks_and_the_correlation()
    {
        foreach (var (trial, own) in new[]
        {
            (PlannedClusters.OfKinds([new(2, 0.3, 0.6)], 0.1), 0.1), (PlannedClusters.Alike(0.3, 0.6, 0.1, [2]), double.NaN),
        })
        {
            var draws = trial.At(1);
            foreach (var (treated, risk) in new[] { (false, 0.3), (true, 0.6) })
            {
                const int Count = 200_000;
                var (sum, both) = (0.0, 0.0);
                var stream = new RandomStream(1, treated ? 2UL : 3UL, 4);
                for (var c = 0; c < Count; c++)
                {
                    var events = draws.Next(stream, treated).Sum;
                    sum += events;
                    both += events == 2 ? 1 : 0;
                }

                Assert.Equal(risk, sum / (2.0 * Count), 0.004);
                if (!double.IsNaN(own) || !treated)
                {
                    Assert.Equal(0.1, ((both / Count) - (risk * risk)) / (risk * (1 - risk)), 0.012);
                }
            }
        }
    }

    [Fact]
    public void Threads_change_no_answer()
    {
        var trial = PlannedClusters.Continuous(0.4, 1, 0.1, [5, 30]);
        var one = SimulatedPlanner.Clusters(trial, 20, new SimulatedPlanOptions { Trials = 500, Threads = 1 });
        var three = SimulatedPlanner.Clusters(trial, 20, new SimulatedPlanOptions { Trials = 500, Threads = 3 });
        Assert.Equal(one, three);
    }

    [Fact]
    public void What_cannot_be_planned_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PlannedClusters.Alike(0.3, 0.3, 0.05, [20]));
        Assert.Throws<ArgumentException>(() => PlannedClusters.OfKinds([], 0.05));
        Assert.Throws<ArgumentException>(() => PlannedClusters.Continuous(1, 1, 1, [20]));
        var trial = PlannedClusters.Continuous(0.01, 1, 0.05, [20]);
        Assert.Throws<ArgumentOutOfRangeException>(() => SimulatedPlanner.Powers(trial, 2, new SimulatedPlanOptions()));
        Assert.Throws<ArgumentException>(() => SimulatedPlanner.Powers(trial, 4, new SimulatedPlanOptions { Power = 1 }));
        Assert.All(
            SimulatedPlanner.Clusters(trial, 20, new SimulatedPlanOptions { Trials = 200, MostClusters = 100 }),
            answer => Assert.Equal((null, 102.0), (answer.Needed, answer.AtLeast)));
    }

    private static TrialPlan NormalPlan(double difference, int size) => new()
    {
        Outcome = PlannedOutcome.Continuous(difference, 1),
        Information = ClusterInformation.Exchangeable(0.05).Average([size]),
    };
}
