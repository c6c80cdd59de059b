using System.Text.Json;
using MarginalConditional.Compare.Planning;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Planning;

/// <summary>
/// Stepped wedges by the mixed model: numbers of swdpwr 1.11 (wedge.R of the marginal plans), and <see cref="SumMoments"/> against all
/// counts enumerated.
/// </summary>
public sealed class WedgeConditionalPlanTests
{
    [Fact]
    public void Powers_agree_with_swdpwr()
    {
        var compared = 0;
        foreach (var row in ReferenceFiles.Json(ReferenceFiles.Beside("Gee.Tests", "Planning", "wedge.json")).EnumerateArray()
            .Where(row => row.GetProperty("model").GetString() == "conditional" && row.GetProperty("link").GetString() == "logit"))
        {
            double Number(string name) => row.GetProperty(name).GetDouble();
            double start = Number("start"), end = Number("end");
            var plan = new TrialPlan
            {
                Outcome = WedgeConditionalPlan.Of(
                    WedgeDesign.Stepped(row.GetProperty("steps").GetInt32()),
                    WedgeOutcome.Binary(start, end, Number("treated"), Link.Logit),
                    row.Numbers("alpha")[0],
                    [row.GetProperty("size").GetInt32()],
                    start == end ? PeriodEffects.None : PeriodEffects.Categorical).Outcome,
                Information = 1,
                UsesStudent = false,
            };
            Assert.Equal(Number("effect"), plan.Outcome.Effect, 5.1e-4);
            Assert.Equal(Number("power"), plan.Power(row.GetProperty("clusters").GetInt32()), 5.1e-4);
            compared++;
        }

        Assert.Equal(6, compared);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(2.5)]
    public void Information_is_that_of_all_counts_enumerated(double deviation)
    {
        double[] predictors = [-1.2, -0.4, 0.9];
        const int Size = 4;
        var expected = new double[16];
        for (var code = 0; code < 125; code++)
        {
            int[] y = [code % 5, code / 5 % 5, code / 25];
            var total = 0.0;
            var score = new double[4];
            for (var node = -1700; node <= 1700; node++)
            {
                var z = node / 200.0;
                double[] p = [.. predictors.Select(eta => 1 / (1 + Math.Exp(-eta - (deviation * z))))];
                var density = Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / 200;
                for (var j = 0; j < 3; j++)
                {
                    density *= Choose(y[j]) * Math.Pow(p[j], y[j]) * Math.Pow(1 - p[j], Size - y[j]);
                }

                total += density;
                for (var j = 0; j < 3; j++)
                {
                    score[j] += density * (y[j] - (Size * p[j]));
                    score[3] += density * (y[j] - (Size * p[j])) * z;
                }
            }

            for (var a = 0; a < 16; a++)
            {
                expected[a] += score[a / 4] * score[a % 4] / total;
            }
        }

        var information = WedgeConditionalPlan.InformationOf(predictors, deviation, Size);
        Assert.All(expected.Zip(information), pair => Assert.Equal(pair.First, pair.Second, 9));

        static double Choose(int y) => y switch { 0 or 4 => 1, 2 => 6, _ => 4 };
    }

    [Fact]
    public void Many_sizes_are_neighbours_taken_together()
    {
        var design = WedgeDesign.Stepped(3);
        var outcome = WedgeOutcome.Binary(0.25, 0.35, 0.5, Link.Logit);
        int[] sizes = [.. Enumerable.Range(5, 40)];
        Assert.Equal(10, WedgeConditionalPlan.Kinds(sizes).Count);
        Assert.Equal(24.5, WedgeConditionalPlan.Kinds(sizes).Sum(kind => kind.Share * kind.Size), 0.051);

        // One by one: the mean of the information, put together from plans of one size, each with its share.
        double Variance(IReadOnlyList<int> own) => Math.Pow(
            new TrialPlan { Outcome = WedgeConditionalPlan.Of(design, outcome, 0.06, own).Outcome, Information = 1 }.StandardError(3), 2);
        var within = Enumerable.Range(0, 4).Select(k => Variance([.. sizes[(10 * k)..((10 * k) + 10)]])).ToArray();
        Assert.Equal(4 / within.Sum(value => 1 / value), Variance(sizes), 0.02 * Variance(sizes));
    }

    [Fact]
    public void Two_arms_are_the_plan_of_parallel_clusters()
    {
        var wedge = WedgeConditionalPlan.Of(
            WedgeDesign.Of(["00", "11"]), WedgeOutcome.Binary(0.3, 0.3, 0.5, Link.Logit), 0.05, [10], PeriodEffects.None);
        var parallel = ConditionalPlan.Of(0.3, 0.5, 0.05, [20]);
        Assert.Equal(parallel.Outcome.Effect, wedge.Outcome.Effect, 12);
        var clusters = new TrialPlan { Outcome = parallel.Outcome, Information = 1 };
        Assert.Equal(clusters.StandardError(20), (clusters with { Outcome = wedge.Outcome }).StandardError(20), 8);
    }

    [Fact]
    public void Simulated_stepped_wedges_of_two_sizes_have_the_errors_and_reject_as_often_as_planned()
    {
        const int Trials = 400, PerSequence = 8;
        int[] sizes = [6, 18];
        const double Correlation = 0.06;
        var design = WedgeDesign.Stepped(3);
        var clusters = design.Sequences * PerSequence;
        var outcome = WedgeOutcome.Binary(0.25, 0.35, 0.5, Link.Logit);
        var conditional = WedgeConditionalPlan.Of(design, outcome, Correlation, sizes);
        var plans = new TrialPlan[2];
        plans[0] = new TrialPlan
        {
            Outcome = WedgePlan.Of(design, outcome, WedgeCorrelation.Nested(Correlation, Correlation), [6, 18]),
            Information = 1,
        };
        plans[1] = plans[0] with { Outcome = conditional.Outcome };
        var estimates = new double[2, Trials];
        var rejections = new int[2];
        for (var trial = 0; trial < Trials; trial++)
        {
            var (people, counts) = Trial(new RandomStream(77, 3, (ulong)trial), design, PerSequence, sizes, outcome, conditional);
            var gee = GeeFitter.Fit(people, new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable });
            var glmm = GlmmFitter.Fit(counts, new GlmmOptions { Family = Family.Binomial, Nodes = 15, Threads = 1 });
            double[] errors = [plans[0].StandardError(clusters), glmm.StandardErrors[design.Periods]];
            double[] effects = [gee.Coefficients[design.Periods], glmm.Coefficients[design.Periods]];
            for (var m = 0; m < 2; m++)
            {
                estimates[m, trial] = effects[m];
                rejections[m] += Math.Abs(effects[m] / errors[m]) > -StudentDistribution.Quantile(0.025, clusters - 2) ? 1 : 0;
            }
        }

        for (var m = 0; m < 2; m++)
        {
            double[] own = [.. Enumerable.Range(0, Trials).Select(trial => estimates[m, trial])];
            var spread = Math.Sqrt(own.Sum(value => Math.Pow(value - own.Average(), 2)) / (Trials - 1));

            // Monte Carlo errors: a twentieth of the standard error in the mean, a twenty-eighth of it in the spread, .025 in the power.
            Assert.Equal(plans[m].Outcome.Effect, own.Average(), 3.5 * spread / Math.Sqrt(Trials));
            Assert.InRange(spread / plans[m].StandardError(clusters), 0.9, 1.13);
            Assert.Equal(plans[m].Power(clusters), (double)rejections[m] / Trials, 0.07);
        }
    }

    /// <summary>
    /// A trial in rows of people, for GEE, and in counts of clusters and periods, for the mixed model; sizes take turns by cluster.
    /// </summary>
    private static (ModelFrame People, ModelFrame Counts) Trial(
        RandomStream random, WedgeDesign design, int perSequence, int[] sizes, WedgeOutcome outcome, WedgeConditionalPlan plan)
    {
        var (periods, clusters) = (design.Periods, design.Sequences * perSequence);
        int[] size = [.. Enumerable.Range(0, clusters).Select(cluster => sizes[cluster % sizes.Length])];
        int[] offsets = [.. Enumerable.Range(0, clusters + 1).Select(cluster => size[..cluster].Sum() * periods)];
        var (rows, people) = (clusters * periods, offsets[^1]);
        double[] counts = new double[rows], ofPeople = new double[people], x = new double[rows * (periods + 1)];
        var ofPeopleX = new double[people * (periods + 1)];
        for (var row = 0; row < rows; row++)
        {
            var (cluster, period) = (row / periods, row % periods);
            var treated = design.IsTreated(cluster / perSequence, period);
            x[(period * rows) + row] = 1;
            x[(periods * rows) + row] = treated ? 1 : 0;
        }

        for (var cluster = 0; cluster < clusters; cluster++)
        {
            var intercept = plan.Deviation * random.NextNormal();
            for (var period = 0; period < periods; period++)
            {
                var row = (cluster * periods) + period;
                var eta = ConditionalPlan.Conditional(outcome.Mean(period, periods, false), plan.Deviation) + intercept
                    + (x[(periods * rows) + row] * plan.Outcome.Effect);
                for (var person = 0; person < size[cluster]; person++)
                {
                    var at = offsets[cluster] + (period * size[cluster]) + person;
                    ofPeople[at] = random.NextBernoulli(1 / (1 + Math.Exp(-eta)));
                    counts[row] += ofPeople[at] / size[cluster];
                    for (var j = 0; j <= periods; j++)
                    {
                        ofPeopleX[(j * people) + at] = x[(j * rows) + row];
                    }
                }
            }
        }

        string[] names = [.. Enumerable.Range(0, periods).Select(j => $"period {j}"), "treatment"];
        int[] groups = [.. Enumerable.Range(0, rows).Select(row => row / periods)];
        string Label(int cluster) => $"cluster {cluster}";
        double[] ones = [.. Enumerable.Repeat(1.0, rows)];
        return (
            new ModelFrame(new DesignMatrix(people, names, ofPeopleX, names), ofPeople, new Clusters("cluster", offsets, Label)),
            new ModelFrame(
                new DesignMatrix(rows, names, x, names),
                counts,
                new Clusters("cluster", [.. Enumerable.Range(0, clusters + 1).Select(c => c * periods)], Label))
            {
                Trials = [.. groups.Select(cluster => (double)size[cluster])],
                RandomTerms =
                    [new RandomTermDesign("cluster", groups, clusters, Label, [DesignMatrix.InterceptName], ones, correlated: true)],
            });
    }
}
