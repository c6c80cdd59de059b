using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using Xunit;

namespace MarginalConditional.Compare.Tests.Ladders;

/// <summary>The ladder against its definition, summed row by row, and the identities that hold whatever the data.</summary>
public sealed class ClusterLadderTests
{
    private static readonly ModelComparison Sites = Compare(ReferenceFrames.Build("sites30", "y ~ t + x + (1 | site)"), "t");

    [Fact]
    public void Rungs_are_their_definitions()
    {
        var fit = Sites.Glmm;
        var sigma = fit.RandomEffects[0].StandardDeviations[0];
        var (frame, beta) = (fit.Frame, fit.Coefficients.ToArray());
        var treated = Column(frame, "t");
        foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
        {
            double size = 0, conditional = 0, averaged = 0;
            double[] mean = [0, 0], residual = [0, 0], given = [0, 0];
            for (var c = 0; c < frame.Clusters.Count; c++)
            {
                for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
                {
                    var share = weighting == ClusterWeighting.Cluster ? 1.0 / frame.Clusters.Size(c) : 1;
                    var other = Enumerable.Range(0, beta.Length).Where(j => j != treated).Sum(j => beta[j] * frame.Design.Column(j)[i]);
                    double[] p = [Mean(other, sigma), Mean(other + beta[treated], sigma)];
                    size += share;
                    conditional += share * beta[treated];
                    averaged += share * (Logit(p[1]) - Logit(p[0]));
                    var arm = (int)frame.Design.Column(treated)[i];
                    for (var a = 0; a < 2; a++)
                    {
                        mean[a] += share * p[a];
                    }

                    residual[arm] += share * (frame.Response[i] - p[arm]);
                    given[arm] += share;
                }
            }

            double[] robust = [(mean[0] / size) + (residual[0] / given[0]), (mean[1] / size) + (residual[1] / given[1])];
            Near(conditional / size, Rung(Sites, 0, weighting, "log odds ratio"));
            Near(averaged / size, Rung(Sites, 1, weighting, "log odds ratio"));
            Near(Logit(mean[1] / size) - Logit(mean[0] / size), Rung(Sites, 2, weighting, "log odds ratio"));
            Near(Logit(robust[1]) - Logit(robust[0]), Rung(Sites, 3, weighting, "log odds ratio"));
            Near(Math.Log(robust[1] / robust[0]), Rung(Sites, 3, weighting, "log risk ratio"));
            Near((mean[1] - mean[0]) / size, Rung(Sites, 0, weighting, "risk difference"));
        }
    }

    [Fact]
    public void Steps_add_up_to_the_whole_gap_cluster_by_cluster()
    {
        foreach (var group in Sites.Ladder.Rungs.GroupBy(rung => (rung.Scale, rung.Weighting)))
        {
            var rungs = group.OrderBy(rung => rung.Rung).ToList();
            var steps = Sites.Ladder.Steps.Where(step => (step.Scale, step.Weighting) == group.Key).ToList();

            Assert.Equal(5, rungs.Count);
            Assert.Equal(
                rungs[^1].Inference.Estimate - rungs[0].Inference.Estimate, steps.Sum(step => step.Inference.Estimate), 1e-14);
            for (var c = 0; c < rungs[0].Influence.Clusters; c++)
            {
                var gap = rungs[^1].Influence.Values[c] - rungs[0].Influence.Values[c];
                var sum = Enumerable.Range(1, 4).Sum(k => rungs[k].Influence.Values[c] - rungs[k - 1].Influence.Values[c]);
                Assert.Equal(gap, sum, 1e-14);
            }
        }
    }

    [Fact]
    public void Differences_collapse_to_the_bit()
    {
        foreach (var step in Sites.Ladder.Steps.Where(step => step is { Scale: "risk difference", To: <= 2 }))
        {
            Assert.True(step.IsZeroByIdentity);
            Assert.Equal(0, step.Inference.Estimate);
            Assert.Equal(0, step.Inference.StandardError);
        }

        Assert.DoesNotContain(Sites.Ladder.Steps, step => step.IsZeroByIdentity && step.Scale == "log odds ratio");
    }

    [Fact]
    public void Without_covariates_the_last_rungs_are_the_plain_means_for_every_working_model()
    {
        var frame = ReferenceFrames.BuildFile(
            ReferenceFiles.Beside("Compare.Tests", "Strangers", "ics.csv"), "y ~ arm + (1 | cluster)");
        var comparison = Compare(frame, "arm");
        var (clusters, arms) = (frame.Clusters, frame.Design.Column(1).ToArray());
        double[] pooled = [0, 0], rows = [0, 0], means = [0, 0], count = [0, 0];
        for (var c = 0; c < clusters.Count; c++)
        {
            var arm = (int)arms[clusters.Start(c)];
            var sum = 0.0;
            for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
            {
                sum += frame.Response[i];
            }

            pooled[arm] += sum;
            rows[arm] += clusters.Size(c);
            means[arm] += sum / clusters.Size(c);
            count[arm]++;
        }

        var byParticipant = (pooled[1] / rows[1]) - (pooled[0] / rows[0]);
        var byCluster = (means[1] / count[1]) - (means[0] / count[0]);

        // Strangers' data: .168 for clusters and .050 for participants, where coefficients gave .098 for both.
        Assert.Equal(0.168, byCluster, 5e-4);
        Assert.Equal(0.050, byParticipant, 5e-4);
        Assert.Equal(byParticipant, Rung(comparison, 3, ClusterWeighting.Participant, "risk difference"), 1e-10);
        Assert.Equal(byCluster, Rung(comparison, 4, ClusterWeighting.Participant, "risk difference"), 1e-10);
        foreach (var result in comparison.Standardized)
        {
            var expected = result.Means.Weighting == ClusterWeighting.Cluster ? byCluster : byParticipant;
            Assert.Equal(expected, result.Contrasts[0].Inference.Estimate, 1e-10);
        }
    }

    [Fact]
    public void A_log_ratio_under_a_log_link_collapses()
    {
        var frame = ReferenceFrames.Build("epilepsy", "y ~ trt + lbase + (1 | subject)");
        var comparison = Compare(frame, "trt", Family.Poisson);
        foreach (var step in comparison.Ladder.Steps.Where(step => step is { Scale: "log ratio", To: <= 2 }))
        {
            Assert.True(step.IsZeroByIdentity);
            Assert.Equal(0, step.Inference.Estimate);
        }

        // The rungs that are set equal are equal by their own formulas too.
        Assert.Equal(comparison.Glmm.Coefficients[1], Rung(comparison, 0, ClusterWeighting.Participant, "log ratio"), 1e-10);
    }

    [Fact]
    public void GEE_stands_beside_the_rungs_it_shares()
    {
        var side = Sites.Ladder.Sides.Single(side => side is { Rung: 1, Scale: "log odds ratio" }
            && side.Weighting == ClusterWeighting.Participant);
        var rung = Sites.Ladder.Rungs.Single(rung => rung is { Rung: 1, Scale: "log odds ratio" }
            && rung.Weighting == ClusterWeighting.Participant);

        Assert.Equal(Sites.Gee.Coefficients[1], side.Inference.Estimate, 1e-12);
        Assert.Equal(side.Inference.Estimate - rung.Inference.Estimate, side.Difference!.Estimate, 1e-14);
    }

    private static ModelComparison Compare(ModelFrame frame, string treatment, Family? family = null) =>
        ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = treatment,
            CheckReasons = false,
            MarginalLikelihood = false,
            Gee = new GeeOptions { Family = family ?? Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = family ?? Family.Binomial, Nodes = 25 },
        });

    private static double Rung(ModelComparison comparison, int rung, ClusterWeighting weighting, string scale) =>
        comparison.Ladder.Rungs.Single(own => own.Rung == rung && own.Weighting == weighting && own.Scale == scale).Inference.Estimate;

    private static int Column(ModelFrame frame, string name) => frame.Design.Names.ToList().IndexOf(name);

    private static double Logit(double p) => Math.Log(p / (1 - p));

    /// <summary>The obvious integral: 4,001 points over ±10.</summary>
    private static double Mean(double eta, double sigma)
    {
        const double Step = 0.005;
        var sum = 0.0;
        for (var k = -2000; k <= 2000; k++)
        {
            var z = k * Step;
            sum += Step * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) / (1 + Math.Exp(-eta - (sigma * z)));
        }

        return sum;
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-9);
}
