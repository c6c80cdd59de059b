using MarginalConditional.Compare.Planning;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Tests.Planning;

/// <summary>The conditional effect of a planned trial against brute-force integrals and against the limit without clustering.</summary>
public class ConditionalPlanTests
{
    [Theory]
    [InlineData(0.3, 0.2, 0.05)]
    [InlineData(0.5, 0.9, 0.3)]
    [InlineData(0.02, 0.03, 0.01)]
    public void Risks_and_correlation_come_back_from_the_conditional_model(double control, double treatment, double correlation)
    {
        var plan = ConditionalPlan.Of(control, treatment, correlation, [20]);
        var eta = Bisect(x => Integral(x, plan.Deviation, 1) - control);
        Assert.Equal(treatment, Integral(eta + plan.Outcome.Effect, plan.Deviation, 1), 1e-9);
        Assert.Equal(correlation, (Integral(eta, plan.Deviation, 2) - (control * control)) / (control * (1 - control)), 1e-9);
    }

    [Theory]
    [InlineData(-0.8, 1.2, 7)]
    [InlineData(0.4, 0.3, 12)]
    public void Information_is_the_mean_square_of_the_score_by_differences(double predictor, double deviation, int size)
    {
        var (expected, h) = (new double[3], 1e-5);
        for (var events = 0; events <= size; events++)
        {
            var probability = At(0, 0);
            var (first, second) = ((At(h, 0) - At(-h, 0)) / (2 * h), (At(0, h) - At(0, -h)) / (2 * h));
            double At(double up, double wider) => Probability(predictor + up, deviation + wider, size, events);
            expected[0] += first * first / probability;
            expected[1] += first * second / probability;
            expected[2] += second * second / probability;
        }

        var information = ConditionalPlan.Information(predictor, deviation, size, new double[3]);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(expected[j], information[j], 1e-7 * Math.Max(1, Math.Abs(expected[j])));
        }
    }

    [Fact]
    public void Almost_without_clustering_it_is_the_marginal_plan()
    {
        var conditional = new TrialPlan { Outcome = ConditionalPlan.Of(0.3, 0.2, 1e-5, [30]).Outcome, Information = 1 };
        var marginal = new TrialPlan { Outcome = PlannedOutcome.Binary(0.3, 0.2), Information = 30 };
        Assert.Equal(marginal.Outcome.Effect, conditional.Outcome.Effect, 1e-4);
        Assert.Equal(marginal.StandardError(20), conditional.StandardError(20), 1e-3 * marginal.StandardError(20));
    }

    [Fact]
    public void Large_clusters_are_enumerated_and_larger_ones_refused()
    {
        var plan = new TrialPlan { Outcome = ConditionalPlan.Of(0.3, 0.2, 0.05, [2_000]).Outcome, Information = 1 };

        // In clusters without end only their own spread is left: 4 sigma^2 / K for two halves.
        var sigma = ConditionalPlan.Of(0.3, 0.2, 0.05, [2_000]).Deviation;
        Assert.Equal(2 * sigma / Math.Sqrt(40), plan.StandardError(40), 0.02 * plan.StandardError(40));
        Assert.Throws<ArgumentException>(() => ConditionalPlan.Of(0.3, 0.2, 0.05, [ConditionalPlan.LargestCluster + 1]));
        Assert.Throws<ArgumentException>(() => ConditionalPlan.Of(0.3, 0.2, 0.05, [1, 1]));
        Assert.Throws<ArgumentException>(() => ConditionalPlan.Of(0.3, 0.3, 0.05, [10]));
        Assert.Throws<ArgumentException>(() => ConditionalPlan.Of(0.3, 0.2, 0, [10]));
    }

    private static double Probability(double predictor, double deviation, int size, int events)
    {
        var choose = 1.0;
        for (var k = 1; k <= events; k++)
        {
            choose *= (double)(size - events + k) / k;
        }

        return choose * Sum(z =>
        {
            var p = 1 / (1 + Math.Exp(-(predictor + (deviation * z))));
            return Math.Pow(p, events) * Math.Pow(1 - p, size - events);
        });
    }

    private static double Integral(double predictor, double deviation, int power) =>
        Sum(z => Math.Pow(1 / (1 + Math.Exp(-(predictor + (deviation * z)))), power));

    private static double Sum(Func<double, double> function)
    {
        var sum = 0.0;
        for (var k = -1_000; k <= 1_000; k++)
        {
            sum += 0.01 * StandardNormal.Density(0.01 * k) * function(0.01 * k);
        }

        return sum;
    }

    private static double Bisect(Func<double, double> function)
    {
        var (low, high) = (-30.0, 30.0);
        for (var round = 0; round < 200; round++)
        {
            var middle = (low + high) / 2;
            (low, high) = function(middle) < 0 ? (middle, high) : (low, middle);
        }

        return low;
    }
}
