using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using MathNet.Numerics.Statistics;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Methods by cluster, linear, pooled and of the ladder against what a textbook computes from the same replicate.</summary>
public sealed class FurtherMethodsTests
{
    [Fact]
    public void The_analysis_by_cluster_is_the_t_test_of_the_clusters_means()
    {
        var study = Read("clusters: 14, cluster-size: 9", "- cluster-means", "rung-2-cluster-difference");
        for (var number = 0; number < 5; number++)
        {
            var means = Means(SimulationRunner.Draw(study, 0, number));
            var estimate = SimulationRunner.RunOne(study, 0, number)[0];
            var pooled = ((6 * means[0].Variance()) + (6 * means[1].Variance())) / 12;
            Assert.Equal(means[1].Mean() - means[0].Mean(), estimate.Value, 1e-12);
            Assert.Equal(Math.Sqrt(pooled * 2 / 7), estimate.StandardError, 1e-12);
            Assert.Equal(12, estimate.DegreesOfFreedom);
        }
    }

    [Fact]
    public void The_permutation_test_tries_every_assignment_of_few_clusters()
    {
        var study = Read("clusters: 8, cluster-size: 9", "- permutation-test", "rung-2-cluster-difference");
        var estimate = SimulationRunner.RunOne(study, 0, 3)[0];
        var means = Means(SimulationRunner.Draw(study, 0, 3));
        double[] all = [.. means[0], .. means[1]];
        var observed = Studentized(all, 0b11110000);
        var (extreme, count) = (0, 0);
        for (var assignment = 0; assignment < 256; assignment++)
        {
            if (System.Numerics.BitOperations.PopCount((uint)assignment) == 4)
            {
                count++;
                extreme += Studentized(all, assignment) >= observed - 1e-9 ? 1 : 0;
            }
        }

        // The interval of that level just touches 0.
        var p = extreme / (double)count;
        Assert.Equal(0, Math.Min(Math.Abs(estimate.Interval(1 - p).Lower), Math.Abs(estimate.Interval(1 - p).Upper)), 1e-7);
        Assert.Equal(means[1].Mean() - means[0].Mean(), estimate.Value, 1e-12);
    }

    [Fact]
    public void A_linear_mixed_model_of_equal_clusters_is_the_analysis_by_cluster()
    {
        var study = Read(
            "clusters: 12, cluster-size: 6, outcome: continuous, sigma: 1.5",
            "- lmm: {df: kenward-roger}\n  - cluster-means\n  - lmm: {name: ml, ml: true}",
            "conditional, rung-2-cluster-difference");
        for (var number = 0; number < 5; number++)
        {
            var estimates = SimulationRunner.RunOne(study, 0, number);
            Assert.Equal(estimates[1].Value, estimates[0].Value, 1e-9);
            Assert.Equal(estimates[1].StandardError, estimates[0].StandardError, 1e-5);
            Assert.Equal(10, estimates[0].DegreesOfFreedom, 1e-3);
            Assert.True(estimates[2].StandardError < estimates[0].StandardError);
        }
    }

    [Fact]
    public void Trials_are_pooled_by_their_log_odds_ratios()
    {
        var study = Read(
            "design: meta-analysis, clusters: 8, cluster-size: 200, treatment-sigma: 0.3, sigma: 0.4",
            "- meta: {method: FE, ci: wald}\n  - meta: {name: dl, method: DL, ci: hartung-knapp}",
            "conditional");
        var replicate = SimulationRunner.Draw(study, 0, 1);
        var (sum, weights) = (0.0, 0.0);
        for (var c = 0; c < 8; c++)
        {
            var cells = new double[2, 2];
            for (var row = replicate.Frame.Clusters.Start(c); row < replicate.Frame.Clusters.Start(c + 1); row++)
            {
                cells[(int)replicate.Frame.Design.Column(1)[row], (int)replicate.Frame.Response[row]]++;
            }

            var weight = 1 / ((1 / cells[0, 0]) + (1 / cells[0, 1]) + (1 / cells[1, 0]) + (1 / cells[1, 1]));
            sum += weight * Math.Log(cells[1, 1] * cells[0, 0] / (cells[1, 0] * cells[0, 1]));
            weights += weight;
        }

        var estimates = SimulationRunner.RunOne(study, 0, 1);
        Assert.Equal(sum / weights, estimates[0].Value, 1e-10);
        Assert.Equal(Math.Sqrt(1 / weights), estimates[0].StandardError, 1e-10);
        Assert.Equal(7, estimates[1].DegreesOfFreedom);
    }

    [Fact]
    public void Every_method_finds_its_truth()
    {
        var study = Read(
            "clusters: 60, cluster-size: 'either(8, 24)', covariate: normal, covariate-slope: 0.6, baseline: -0.3, sigma: 0.6, "
                + "size-effect: 0.8",
            """
            - compare: {name: rung-1, rung: 1, scale: log-odds-ratio, adjust: covariates, nodes: 7}
              - compare: {name: rung-2, weighting: cluster, scale: difference, adjust: covariates, nodes: 7}
              - cluster-means
              - cluster-means: {name: adjusted, adjust: covariates, weighting: participant}
              - permutation-test
              - pseudo-likelihood: {adjust: covariates}
            """,
            "conditional, rung-1-log-odds-ratio, rung-2-cluster-difference, risk-difference") with
        { Replicates = 60 };
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        foreach (var row in rows)
        {
            Assert.True(row.Failed == 0, row.Method);
            Assert.InRange(row.Bias.Value, (-4.5 * row.Bias.MonteCarloError) - 0.04, (4.5 * row.Bias.MonteCarloError) + 0.04);
        }
    }

    [Theory]
    [InlineData("- lmm: {df: kenward}", "The method lmm has no df \"kenward\".")]
    [InlineData("- meta: {method: REMM}", "Did you mean \"REML\"?")]
    [InlineData("- cluster-mean", "Did you mean \"cluster-means\"?")]
    [InlineData("- cluster-means: {adjust: covariates, scale: log-ratio}", "adjusted for covariates are compared by their difference")]
    [InlineData("- compare: {rung: 5}", "it must be a whole number from 0 to 4")]
    public void What_a_method_does_not_take_is_refused(string method, string part) => Assert.Contains(
        part,
        Assert.Throws<InputException>(() => Read("clusters: 10, cluster-size: 5", method, "conditional")).Message,
        StringComparison.Ordinal);

    private static Study Read(string mechanism, string methods, string estimands)
    {
        var sigma = mechanism.Contains("sigma: ", StringComparison.Ordinal) ? string.Empty : ", sigma: 0.6";
        return Studies.Read(
            $"study: s\nseed: 3\nreplicates: 2\ndata-generating-mechanisms: {{effect: 0.5, {mechanism}{sigma}}}\n"
                + $"estimands: [{estimands}]\nmethods:\n  {methods}");
    }

    private static double[][] Means(Replicate replicate)
    {
        var clusters = replicate.Frame.Clusters;
        var means = Enumerable.Range(0, clusters.Count)
            .Select(c => replicate.Frame.Response.Slice(clusters.Start(c), clusters.Size(c)).ToArray().Average()).ToArray();
        return [[.. means.Where((_, c) => c % 2 == 0)], [.. means.Where((_, c) => c % 2 == 1)]];
    }

    private static double Studentized(double[] means, int assignment)
    {
        var treated = means.Where((_, k) => (assignment & (1 << k)) != 0).ToArray();
        var control = means.Where((_, k) => (assignment & (1 << k)) == 0).ToArray();
        return Math.Abs(treated.Mean() - control.Mean()) / Math.Sqrt((treated.Variance() / 4) + (control.Variance() / 4));
    }
}
