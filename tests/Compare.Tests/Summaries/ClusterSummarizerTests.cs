using System.Globalization;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>Cluster-level estimates against what can be worked out without them.</summary>
public sealed class ClusterSummarizerTests
{
    /// <summary>Three arms, clusters of 3 to 6 rows; columns id, arm, stratum, x, t, y (binary), count.</summary>
    internal static string Made(int clusters, ulong seed, int arms = 3, int without = -1)
    {
        var random = new RandomStream(seed, 2, 3);
        var text = new System.Text.StringBuilder("id,arm,stratum,x,t,y,count\n");
        for (var c = 0; c < clusters; c++)
        {
            var effect = random.NextNormal();
            for (var i = 0; i < 3 + (c % 4); i++)
            {
                var (x, u, v) = (random.NextNormal(), random.NextUniform(), random.NextUniform());
                var eta = (0.5 * effect) + (0.6 * x) + (0.3 * (c % arms));
                if (c != without)
                {
                    text.Append(CultureInfo.InvariantCulture, $"c{c:00},{"abc"[c % arms]},{c / (2 * arms)},{x},{1 + v},")
                        .Append(CultureInfo.InvariantCulture, $"{(u < 1 / (1 + Math.Exp(-eta)) ? 1 : 0)},{Math.Floor(4 * u)}\n");
                }
            }
        }

        return text.ToString();
    }

    [Fact]
    public void Clusters_that_have_several_treatments_are_not_summarized()
    {
        var frame = ClusterTrials.Frame("id,arm,y\nk,a,0\nk,b,1\nl,a,1\nl,b,1\n", "y ~ arm");
        var summaries = ClusterTrials.Summarize(frame, Family.Binomial);
        Assert.Empty(summaries.Estimates);
        Assert.Equal(
            ["arm varies within id k, so the clusters are not what was randomized, and their own means are not compared."],
            summaries.Notes);
    }

    /// <summary>Exposures of exp(700) are numbers, and their squares are none.</summary>
    [Fact]
    public void Exposures_that_cannot_be_computed_with_are_told_and_nothing_else()
    {
        const string Text = "id,arm,y,o\nk,0,3,OFFSET\nk,0,1,0\nl,0,2,0\nl,0,1,0\nm,1,4,0\nm,1,1,0\nn,1,2,0\nn,1,5,0\n";
        var large = ClusterTrials.Summarize(
            ClusterTrials.Frame(Text.Replace("OFFSET", "700", StringComparison.Ordinal), "y ~ arm + offset(o)"), Family.Poisson);
        Assert.Empty(large.Estimates);
        Assert.Empty(large.SizeTests);
        Assert.Equal(
            ["The clusters' sizes, sums of weights and of exp(offset), go from 2 to 1.01E+304, which cannot be computed with: their own "
                + "means are not compared."],
            large.Notes);
        Assert.NotEmpty(ClusterTrials.Summarize(
            ClusterTrials.Frame(Text.Replace("OFFSET", "7", StringComparison.Ordinal), "y ~ arm + offset(o)"), Family.Poisson).Estimates);
    }

    [Fact]
    public void Doses_are_no_arms_and_two_numbers_are()
    {
        const string Text = "id,arm,y\nk,0,0\nk,0,1\nl,0,1\nl,0,1\nm,1,0\nm,1,1\nn,1,0\nn,1,0\n";
        Assert.Equal(4, ClusterTrials.Summarize(ClusterTrials.Frame(Text, "y ~ arm"), Family.Binomial).Arms.Count);
        var doses = ClusterTrials.Frame(Text.Replace("n,1", "n,5", StringComparison.Ordinal), "y ~ arm");
        Assert.Equal(
            ["arm is a number with 3 values, so the clusters have no arms whose means could be compared."],
            ClusterTrials.Summarize(doses, Family.Binomial).Notes);
    }

    [Fact]
    public void A_trial_without_clusters_has_nothing_to_say() =>
        Assert.Same(
            ClusterSummaries.Empty,
            ClusterTrials.Summarize(ClusterTrials.Frame("id,arm,y\nk,0,0\nl,1,1\nm,0,1\n", "y ~ arm"), Family.Binomial));

    [Fact]
    public void Every_arm_of_three_is_compared_with_the_reference_as_if_the_third_were_not_there()
    {
        var text = Made(24, 7);
        var three = ClusterTrials.Summarize(ClusterTrials.Frame(text, "y ~ arm"), Family.Binomial);
        foreach (var arm in new[] { "b", "c" })
        {
            var other = arm == "b" ? ",c," : ",b,";
            var pair = string.Join('\n', text.Split('\n').Where(line => !line.Contains(other, StringComparison.Ordinal)));
            var two = ClusterTrials.Summarize(ClusterTrials.Frame(pair, "y ~ arm"), Family.Binomial);
            Assert.Equal(
                two.Estimates.Select(row => row.Inference),
                three.Estimates.Where(row => row.Treated == arm).Select(row => row.Inference));
            Assert.Equal(two.Permutations, three.Permutations.Where(test => test.Treated == arm));
        }
    }

    [Fact]
    public void Trials_and_weights_count_as_rows()
    {
        const string Rows = "id,arm,y\nk,a,0\nk,a,1\nk,a,1\nl,a,0\nl,a,0\nm,b,1\nm,b,1\nm,b,0\nm,b,1\nn,b,1\nn,b,0\n";
        const string Trials = "id,arm,y,n\nk,a,2,3\nl,a,0,2\nm,b,3,4\nn,b,1,2\n";
        const string Weights = "id,arm,y,w\nk,a,0,1\nk,a,1,2\nl,a,0,2\nm,b,1,3\nm,b,0,1\nn,b,1,1\nn,b,0,1\n";
        var expected = ClusterTrials.Summarize(ClusterTrials.Frame(Rows, "y ~ arm"), Family.Binomial);
        var trials = ClusterTrials.Summarize(ClusterTrials.Frame(Trials, "y / n ~ arm"), Family.Binomial);
        var weights = ClusterTrials.Summarize(
            ClusterTrials.Frame(Weights, "y ~ arm", request => request with { Weights = "w" }), Family.Binomial);
        Assert.Equal(8, expected.Estimates.Count);
        Assert.Equal(expected.Estimates.Select(Digits), trials.Estimates.Select(Digits));
        Assert.Equal(expected.Estimates.Select(Digits), weights.Estimates.Select(Digits));

        static string Digits(ClusterSummary row) =>
            FormattableString.Invariant($"{row.Inference.Estimate:F12} {row.Inference.StandardError:F12} {row.RobustError:F12}");
    }

    [Fact]
    public void Counts_with_an_offset_are_rates_and_participants_count_as_long_as_they_were_at_risk()
    {
        const string Text = "id,arm,y,t\nk,a,2,1\nk,a,1,3\nl,a,0,2\nl,a,3,2\nm,b,4,1\nm,b,2,1\nn,b,1,2\nn,b,5,4\n";
        var summaries = ClusterTrials.Summarize(ClusterTrials.Frame(Text, "y ~ arm + offset(log(t))"), Family.Poisson);
        Assert.Equal(Math.Log((3.0 + 1) / (0.75 + 0.75)), summaries.Row("marginal", "cluster", "log ratio").Inference.Estimate, 1e-14);
        Assert.Equal(2.0 - 0.75, summaries.Row("marginal", "cluster", "difference").Inference.Estimate, 1e-14);
        Assert.Equal((12 / 8.0) - (6 / 8.0), summaries.Row("marginal", "participant", "difference").Inference.Estimate, 1e-14);
    }

    [Fact]
    public void Leaving_a_cluster_out_does_what_its_deletion_says()
    {
        const int Clusters = 14;
        var whole = ClusterTrials.Summarize(ClusterTrials.Frame(Made(Clusters, 5, 2), "y ~ arm"), Family.Binomial).Estimates;
        for (var c = 0; c < Clusters; c++)
        {
            var without = ClusterTrials.Summarize(ClusterTrials.Frame(Made(Clusters, 5, 2, c), "y ~ arm"), Family.Binomial).Estimates;
            for (var k = 0; k < whole.Count; k++)
            {
                var change = (Clusters - 1.0) / Clusters * (whole[k].Inference.Estimate - without[k].Inference.Estimate);
                Assert.Equal(change, whole[k].Deletions.Values[c], 1e-12);
            }
        }
    }

    [Fact]
    public void The_influence_of_a_cluster_is_what_counting_it_slightly_more_does()
    {
        const double Step = 1e-6;
        var trial = new TrialArms(["a", "b"], [0, 1, 0, 1, 1, 0, 0], new int[7]);
        double[] means = [0.2, 0.7, 0.4, 0.5, 0.9, 0.1, 0.35];
        double[] weights = [3, 5, 2, 8, 4, 1, 6];
        foreach (var measure in EffectMeasure.All)
        {
            var influence = new ArmContrast(means, weights, trial.Arms, 0, 1).Influence(measure);
            for (var c = 0; c < means.Length; c++)
            {
                double[] heavier = [.. weights];
                double[] lighter = [.. weights];
                heavier[c] *= 1 + Step;
                lighter[c] *= 1 - Step;
                Assert.Equal((Value(heavier) - Value(lighter)) / (2 * Step), influence.Values[c], 1e-8);
            }

            double Value(double[] counted)
            {
                var contrast = new ArmContrast(means, counted, trial.Arms, 0, 1);
                return measure.Value(contrast.Means[0], contrast.Means[1]);
            }
        }
    }

    [Fact]
    public void Small_clusters_are_said_to_pull_their_own_log_odds_ratio_where_not_all_are_small()
    {
        const string Note = "6 of 40 clusters have fewer than 10 rows: the average of the clusters' own log odds ratios is pulled towards "
            + "0 by the \u00BD that is added to their counts.";
        Assert.Contains(Note, ClusterTrials.OfReference("crt_ics40", "y ~ arm").Notes);
        var small = ClusterTrials.Summarize(ClusterTrials.Frame(Made(12, 9, 2), "y ~ arm"), Family.Binomial);
        Assert.Equal((3, 6), (small.SmallestSize, small.LargestSize));
        Assert.DoesNotContain(small.Notes, note => note.Contains("own log odds", StringComparison.Ordinal));
    }

    /// <summary>Where x is above 0 all have the outcome, else none: the regression on x has no finite solution.</summary>
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Without_a_regression_on_the_covariates_nothing_is_adjusted(int overlap, bool isSaid)
    {
        var rows = Enumerable.Range(0, 48).Select(i => FormattableString.Invariant(
            $"k{i / 4},{"ab"[i / 4 % 2]},{((7 * i) % 48) - 23.5},{((((7 * i) % 48) - 23.5 > 0) ^ (overlap > 0 && i % 5 == 0) ? 1 : 0)}"));
        var summaries = ClusterTrials.Summarize(
            ClusterTrials.Frame("id,arm,x,y\n" + string.Join('\n', rows) + "\n", "y ~ arm + x"), Family.Binomial);
        const string Said = "The regression on the covariates alone has no finite solution, so the clusters' means were not adjusted.";
        Assert.Equal(isSaid, summaries.Notes.Contains(Said));
        Assert.Equal(!isSaid, summaries.Estimates.Any(row => row.IsAdjusted));
        Assert.Contains(summaries.Estimates, row => !row.IsAdjusted);
    }

    /// <summary>Counts that one step from the start does not fit: nothing is separated, and there is no solution either.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(100, false)]
    public void A_regression_on_the_covariates_that_has_not_settled_adjusts_nothing(int iterations, bool isSaid)
    {
        var rows = Enumerable.Range(0, 48).Select(i => FormattableString.Invariant(
            $"k{i / 4},{"ab"[i / 4 % 2]},{i * 7 % 12 / 4.0},{Math.Round(Math.Exp(i * 7 % 12 / 4.0)) + (i % 3)}"));
        var summaries = ClusterTrials.Summarize(
            ClusterTrials.Frame("id,arm,x,y\n" + string.Join('\n', rows) + "\n", "y ~ arm + x"),
            Family.Poisson,
            options => options with { Gee = options.Gee with { MaximumIterations = iterations } });
        const string Said = "The regression on the covariates alone has no finite solution, so the clusters' means were not adjusted.";
        Assert.Equal(isSaid, summaries.Notes.Contains(Said));
        Assert.Equal(!isSaid, summaries.Estimates.Any(row => row.IsAdjusted));
        Assert.Contains(summaries.Estimates, row => !row.IsAdjusted);
    }

    [Fact]
    public void A_single_cluster_in_an_arm_is_not_compared()
    {
        var frame = ClusterTrials.Frame("id,arm,y\nk,a,0\nk,a,1\nl,a,1\nl,a,0\nl,a,0\nm,b,1\nm,b,0\n", "y ~ arm");
        var summaries = ClusterTrials.Summarize(frame, Family.Binomial);
        Assert.Empty(summaries.Estimates);
        Assert.Equal(["b has a single cluster, so how much its clusters vary is unknown and it is not compared."], summaries.Notes);
    }

    [Fact]
    public void A_stratum_that_varies_within_a_cluster_is_refused()
    {
        var frame = ClusterTrials.Frame(
            "id,arm,y,site\nk,a,0,1\nk,a,1,2\nl,b,1,1\nl,b,0,1\n", "y ~ arm", request => request with { AuxiliaryGroupings = ["site"] });
        var thrown = Assert.Throws<InputException>(
            () => ClusterTrials.Summarize(frame, Family.Binomial, options => options with { Strata = ["site"] }));
        Assert.Equal("--strata: site varies within id k.", thrown.Message.Split('\n')[0]);
    }

    [Fact]
    public void Clusters_that_do_not_vary_have_no_standard_error()
    {
        var frame = ClusterTrials.Frame("id,arm,y\nk,a,0\nk,a,0\nl,a,0\nl,a,0\nm,b,1\nm,b,1\nn,b,1\nn,b,1\n", "y ~ arm");
        var row = ClusterTrials.Summarize(frame, Family.Binomial).Row("marginal", "cluster", "risk difference");
        Assert.Equal(1, row.Inference.Estimate);
        Assert.True(double.IsNaN(row.Inference.StandardError) && double.IsNaN(row.Inference.PValue));
    }
}
