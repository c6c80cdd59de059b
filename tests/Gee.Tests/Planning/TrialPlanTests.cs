using MarginalConditional.Gee.Planning;
using MarginalConditional.Gee.Tests.Support;

namespace MarginalConditional.Gee.Tests.Planning;

/// <summary>Planning against textbook numbers and against matrices.</summary>
public class TrialPlanTests
{
    [Fact]
    public void Without_clustering_a_continuous_plan_is_the_two_sample_formula()
    {
        // Half a standard deviation, 80 %, 5 %: 2 (1.95996 + 0.84162)^2 / 0.25 = 62.8, so 63 a group.
        var plan = new TrialPlan { Outcome = PlannedOutcome.Continuous(0.5, 1), Information = 1, UsesStudent = false };
        Assert.Equal(126, plan.Clusters(0.8));
        Assert.InRange(plan.Power(126), 0.80, 0.81);
        Assert.True(plan.Power(124) < 0.8);
    }

    /// <summary>Two clusters leave no degree of freedom; three have one, of which t is Cauchy's.</summary>
    [Fact]
    public void Two_clusters_have_no_power_by_Student_and_some_by_the_normal()
    {
        var plan = new TrialPlan { Outcome = PlannedOutcome.Continuous(3, 1), Information = 4 };
        Assert.Equal(0, plan.Power(2));
        Assert.InRange(plan.Power(3), 0.05, 1);
        Assert.InRange((plan with { UsesStudent = false }).Power(2), 0.5, 1);
    }

    /// <summary>The numbers of clusters are tried one after the other.</summary>
    [Theory]
    [InlineData(0.5, 1, true)]
    [InlineData(0.5, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, 1, false)]
    [InlineData(9, 1, false)]
    [InlineData(9, 1, true)]
    [InlineData(0.5, 2, true)]
    [InlineData(9, 2, false)]
    [InlineData(1, 3, true)]
    [InlineData(9, 3, true)]
    [InlineData(0.7, 5, false)]
    [InlineData(9, 5, true)]
    public void Clusters_are_the_fewest_multiple_with_the_power(double effect, int multiple, bool usesStudent)
    {
        var plan = new TrialPlan
        {
            Outcome = PlannedOutcome.Continuous(effect, 1),
            Information = 1.5,
            Multiple = multiple,
            UsesStudent = usesStudent,
        };
        int Fewest(double power) => Enumerable.Range(1, 1000).Select(k => k * multiple).First(k => k > 1 && plan.Power(k) >= power);
        foreach (var power in new[] { 0.06, 0.3, 0.5, 0.8, 0.95, 0.9999 })
        {
            Assert.Equal(Fewest(power), plan.Clusters(power));
        }

        // A power that a number of clusters has to the last bit is reached by it.
        for (var k = 2; k <= 12; k++)
        {
            if (plan.Power(k * multiple) is > 0 and < 1 and var power)
            {
                Assert.Equal(Fewest(power), plan.Clusters(power));
            }
        }
    }

    /// <summary>By the normal K = 4 (1.959964 + 0.841621)² / δ² = 31.3955 / δ² for one row a cluster.</summary>
    [Theory]
    [InlineData(5.7e-4, 2, true)]
    [InlineData(5.5e-4, 2, false)]
    [InlineData(5.7e-4, 1, true)]
    [InlineData(4.5e-4, 1, false)]
    [InlineData(5.7e-4, 390_625, true)]
    [InlineData(5.5e-4, 390_625, false)]
    [InlineData(1e-9, 2, false)]
    public void A_hundred_million_clusters_are_the_most(double effect, int multiple, bool exists)
    {
        var plan = new TrialPlan
        {
            Outcome = PlannedOutcome.Continuous(effect, 1),
            Information = 1,
            Multiple = multiple,
            UsesStudent = false,
        };
        var clusters = plan.Clusters(0.8);
        Assert.Equal(exists, clusters is not null);
        if (clusters is { } found)
        {
            Assert.InRange(found, 31.395 / (effect * effect), (31.396 / (effect * effect)) + multiple);
        }
    }

    [Fact]
    public void A_power_lies_between_0_and_1_and_multiples_are_of_1_at_least()
    {
        var plan = new TrialPlan { Outcome = PlannedOutcome.Continuous(0.5, 1), Information = 1 };
        foreach (var power in new[] { 0, 1, -0.1, 1.1, double.NaN })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => plan.Clusters(power));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => (plan with { Multiple = 0 }).Clusters(0.8));
    }

    [Fact]
    public void Exchangeable_clusters_multiply_the_rows_by_the_design_effect()
    {
        var information = ClusterInformation.Exchangeable(0.057);
        Assert.Equal(2.653, 30 / information.Of(30), 1e-3);
        Assert.Equal(information.Of(30), information.Average(30, 0), 1e-12);
    }

    [Theory]
    [InlineData(0.3, 6)]
    [InlineData(-0.4, 5)]
    [InlineData(0.8, 2)]
    public void Information_is_the_sum_of_the_inverse_correlation_matrix(double rho, int m)
    {
        Check(ClusterInformation.Ar1(rho), (j, k) => Math.Pow(rho, Math.Abs(j - k)));
        if (rho >= 0)
        {
            Check(ClusterInformation.Exchangeable(rho), (j, k) => j == k ? 1 : rho);
        }

        void Check(ClusterInformation information, Func<int, int, double> entry)
        {
            var matrix = new double[m, m];
            for (var j = 0; j < m; j++)
            {
                for (var k = 0; k < m; k++)
                {
                    matrix[j, k] = entry(j, k);
                }
            }

            Assert.Equal(Matrices.Inverse(matrix).Cast<double>().Sum(), information.Of(m), 1e-10);
        }
    }

    [Fact]
    public void The_expansion_for_unequal_sizes_is_near_the_exact_average()
    {
        int[] sizes = [10, 15, 20, 25, 30];
        var cv = Math.Sqrt(50) / 20;
        var information = ClusterInformation.Exchangeable(0.05);
        Assert.Equal(information.Average(sizes), information.Average(20, cv), 0.005 * information.Average(sizes));
        Assert.True(information.Average(sizes) < information.Of(20));
    }

    [Fact]
    public void Student_reference_asks_for_more_clusters()
    {
        var outcome = PlannedOutcome.Binary(0.3, 0.15);
        var information = ClusterInformation.Exchangeable(0.05).Of(30);
        var student = new TrialPlan { Outcome = outcome, Information = information };
        var normal = student with { UsesStudent = false };
        Assert.True(student.Clusters(0.8) > normal.Clusters(0.8));
        Assert.InRange(student.Power(student.Clusters(0.8)!.Value), 0.8, 0.9);
    }

    // The noncentral t on both sides; a central t that is shifted gave 15.4 %, 4.8 % (less than the level) and 15.1 %.
    [Theory]
    [InlineData(10, 0.05, 6, 0.2375)]
    [InlineData(10, 0.05, 4, 0.1266)]
    [InlineData(80, 0.017, 4, 0.3734)]
    public void Power_with_few_clusters_is_that_of_the_noncentral_t(double size, double rho, int clusters, double power)
    {
        var plan = new TrialPlan
        {
            Outcome = PlannedOutcome.Continuous(0.5, 1),
            Information = ClusterInformation.Exchangeable(rho).Of(size),
        };
        Assert.Equal(power, plan.Power(clusters), 5e-5);
        Assert.Equal(power, (plan with { Outcome = PlannedOutcome.Continuous(-0.5, 1) }).Power(clusters), 5e-5);
    }

    // Means of clusters are normal, so a t test of them is what the plan promises: 200,000 trials leave a standard error of 0.001.
    [Fact]
    public void A_simulated_trial_of_six_clusters_rejects_as_often_as_planned()
    {
        const int Trials = 200_000;
        var plan = new TrialPlan
        {
            Outcome = PlannedOutcome.Continuous(0.5, 1),
            Information = ClusterInformation.Exchangeable(0.05).Of(10),
        };
        var random = new Sequence(11);
        var deviation = Math.Sqrt(1 / plan.Information);
        var rejections = 0;
        Span<double> means = stackalloc double[6];
        for (var trial = 0; trial < Trials; trial++)
        {
            for (var i = 0; i < 6; i++)
            {
                means[i] = (i < 3 ? 0.5 : 0) + (deviation * random.Normal());
            }

            var (treated, control) = (Mean(means[..3]), Mean(means[3..]));
            var squares = 0.0;
            for (var i = 0; i < 6; i++)
            {
                var residual = means[i] - (i < 3 ? treated : control);
                squares += residual * residual;
            }

            rejections += Math.Abs(treated - control) > 2.7764451 * Math.Sqrt(squares / 4 * 2 / 3) ? 1 : 0;
        }

        Assert.Equal(plan.Power(6), (double)rejections / Trials, 0.004);

        static double Mean(ReadOnlySpan<double> values) => (values[0] + values[1] + values[2]) / 3;
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 0.5)]
    public void Impossible_probabilities_are_refused(double control, double treatment) =>
        Assert.Throws<ArgumentException>(() => PlannedOutcome.Binary(control, treatment));
}
