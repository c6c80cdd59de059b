using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Gee.Tests.Planning;

/// <summary>Averages over clusters and participants, rates and slopes: against simulated trials and least squares by hand.</summary>
public class PlannedOutcomeTests
{
    private static readonly ClusterKind[] Kinds = [new(10, 0.3, 0.5), new(90, 0.4, 0.43)];

    [Fact]
    public void Cluster_and_participant_average_need_their_own_numbers_of_clusters()
    {
        var cluster = new TrialPlan { Outcome = PlannedOutcome.ClusterAverage(Kinds, 0.05), Information = 1 };
        var participant = cluster with { Outcome = PlannedOutcome.ParticipantAverage(Kinds, 0.05) };
        Assert.Equal(0.115, cluster.Outcome.Effect, 1e-12);
        Assert.Equal(0.047, participant.Outcome.Effect, 1e-12);
        Assert.Equal(64, cluster.Clusters(0.8));
        Assert.Equal(354, participant.Clusters(0.8));
    }

    [Fact]
    public void Shares_are_relative_and_clusters_of_one_kind_have_one_average()
    {
        ClusterKind[] doubled = [new(10, 0.3, 0.5, 3), new(90, 0.4, 0.43, 1)];
        ClusterKind[] repeated = [new(10, 0.3, 0.5), new(10, 0.3, 0.5), new(10, 0.3, 0.5), new(90, 0.4, 0.43)];
        var (one, other) = (PlannedOutcome.ParticipantAverage(doubled, 0.05), PlannedOutcome.ParticipantAverage(repeated, 0.05));
        Assert.Equal(other.Effect, one.Effect, 1e-14);
        Assert.Equal(other.ControlVariance, one.ControlVariance, 1e-14);
        ClusterKind[] alike = [new(20, 0.3, 0.5)];
        Assert.Equal(0.5 * 0.5 * (0.1 + (0.9 / 20)), PlannedOutcome.ClusterAverage(alike, 0.1).TreatmentVariance, 1e-14);
        Assert.Equal(0.5 * 0.5 * (0.1 + (0.9 / 20)), PlannedOutcome.ParticipantAverage(alike, 0.1).TreatmentVariance, 1e-14);
    }

    // 4,000 trials leave a standard error of 0.0063; the plan's normal means and known weights are approximations of their own.
    [Theory]
    [InlineData(64, false)]
    [InlineData(354, true)]
    public void Simulated_trials_of_two_kinds_of_clusters_reject_as_often_as_planned(int clusters, bool participants)
    {
        const int Trials = 4_000;
        var plan = new TrialPlan
        {
            Outcome = participants ? PlannedOutcome.ParticipantAverage(Kinds, 0.05) : PlannedOutcome.ClusterAverage(Kinds, 0.05),
            Information = 1,
        };
        var critical = -StudentDistribution.Quantile(0.025, clusters - 2);
        var rejections = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var random = new RandomStream(20, (ulong)clusters, (ulong)trial);
            var (control, treated) = (Arm(random, clusters / 2, false), Arm(random, clusters / 2, true));
            var statistic = (treated.Mean - control.Mean) / Math.Sqrt(treated.Variance + control.Variance);
            rejections += Math.Abs(statistic) > critical ? 1 : 0;
        }

        Assert.Equal(plan.Power(clusters), (double)rejections / Trials, 0.025);

        (double Mean, double Variance) Arm(RandomStream random, int count, bool isTreated)
        {
            var (weights, means) = (new double[count], new double[count]);
            for (var i = 0; i < count; i++)
            {
                // Beta-binomial outcomes have the correlation 1/(a + b + 1).
                var kind = Kinds[random.NextUniform() < 0.5 ? 0 : 1];
                var risk = isTreated ? kind.Treatment : kind.Control;
                var (a, b) = (random.NextGamma(risk * 19), random.NextGamma((1 - risk) * 19));
                weights[i] = participants ? kind.Size : 1;
                means[i] = random.NextBinomial(kind.Size, a / (a + b)) / kind.Size;
            }

            var total = weights.Sum();
            var mean = weights.Zip(means, (w, y) => w * y).Sum() / total;
            var squares = weights.Zip(means, (w, y) => w * w * (y - mean) * (y - mean)).Sum();
            return (mean, squares / (total * total) * count / (count - 1));
        }
    }

    [Fact]
    public void Rates_have_the_variance_of_Poisson_counts()
    {
        var outcome = PlannedOutcome.Rates(0.3, 0.2, time: 2);
        Assert.Equal(Math.Log(2.0 / 3), outcome.Effect, 1e-14);
        Assert.Equal(1 / 0.6, outcome.ControlVariance, 1e-14);
        Assert.Equal(1 / 0.4, outcome.TreatmentVariance, 1e-14);
    }

    [Fact]
    public void A_participants_slope_has_the_variance_of_least_squares()
    {
        // Rows of a participant: covariance sigma^2 ((1 - rho) I + rho J) + s^2 t t'; the slope is sum (t - mean) y / sum (t - mean)^2.
        double[] times = [0, 1, 2.5, 6];
        var (sigma, rho, s) = (5.0, 0.4, 0.8);
        var mean = times.Average();
        var weights = times.Select(time => (time - mean) / times.Sum(other => (other - mean) * (other - mean))).ToArray();
        var variance = 0.0;
        for (var j = 0; j < times.Length; j++)
        {
            for (var k = 0; k < times.Length; k++)
            {
                var covariance = (sigma * sigma * (j == k ? 1 : rho)) + (s * s * times[j] * times[k]);
                variance += weights[j] * weights[k] * covariance;
            }
        }

        var outcome = PlannedOutcome.Slopes(0.5, sigma, rho, s, times);
        Assert.Equal(variance, outcome.TreatmentVariance, 1e-12);
        Assert.Equal(variance, outcome.ControlVariance, 1e-12);
    }

    [Fact]
    public void What_cannot_be_planned_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Rates(0, 1));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Rates(1, 1));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Slopes(0.5, 1, 0.5, 0, [1, 1]));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Slopes(0, 1, 0.5, 0, [0, 1]));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.ClusterAverage([], 0.05));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.ClusterAverage([new ClusterKind(0, 0.3, 0.5)], 0.05));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.ClusterAverage([new ClusterKind(10, 0.3, 0.3)], 0.05));
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Known("an effect", 0, 1));
    }
}
