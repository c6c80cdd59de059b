using MarginalConditional.Compare;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>Each reason is seen where it was built into the data, and not where it was not.</summary>
public sealed class ReasonCheckTests
{
    [Fact]
    public void Informative_cluster_size_is_seen()
    {
        // The treatment works in large clusters only.
        var informative = Compare(Trial((cluster, _, arm) => (-0.5 + (arm * (Size(cluster) > 4 ? 1.6 : -0.4)), 0.4), Size));
        Assert.Equal(ReasonOutcome.Sign, Check(informative, "informative-cluster-size").Outcome);

        var plain = Compare(Trial((_, _, arm) => (-0.5 + (0.8 * arm), 0.4), Size));
        Assert.Equal(ReasonOutcome.NoSign, Check(plain, "informative-cluster-size").Outcome);

        static int Size(int cluster) => cluster % 2 == 0 ? 2 : 14;
    }

    [Fact]
    public void Clusters_of_one_size_cannot_be_informative()
    {
        var comparison = Compare(Trial((_, _, arm) => (0.3 * arm, 0.5), _ => 4));

        Assert.Equal(ReasonOutcome.NotApplicable, Check(comparison, "informative-cluster-size").Outcome);
        Assert.Contains("4 rows", Check(comparison, "informative-cluster-size").Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_effects_within_and_between_clusters_are_seen()
    {
        Assert.Equal(ReasonOutcome.Sign, Check(Compare(WithCovariate(within: 0.2, between: 1.2)), "within-between").Outcome);
        Assert.Equal(ReasonOutcome.NoSign, Check(Compare(WithCovariate(within: 0.5, between: 0.5)), "within-between").Outcome);
    }

    [Fact]
    public void Dropout_after_an_event_is_seen()
    {
        Assert.Equal(ReasonOutcome.Sign, Check(Compare(WithDropout(afterEvent: 0.5, otherwise: 0.05)), "dropout").Outcome);
        Assert.Equal(ReasonOutcome.NoSign, Check(Compare(WithDropout(afterEvent: 0.2, otherwise: 0.2)), "dropout").Outcome);
    }

    [Fact]
    public void A_variance_that_depends_on_the_arm_is_seen()
    {
        var unequal = Compare(Trial((_, _, arm) => (0.5 * arm, arm == 1 ? 2.5 : 0.5), _ => 5), marginalLikelihood: true);
        Assert.Equal(ReasonOutcome.Sign, Check(unequal, "arm-dependent-variance").Outcome);

        var equal = Compare(Trial((_, _, arm) => (0.5 * arm, 1.5), _ => 5), marginalLikelihood: true);
        Assert.Equal(ReasonOutcome.NoSign, Check(equal, "arm-dependent-variance").Outcome);
    }

    [Fact]
    public void A_cluster_that_carries_the_gap_is_named()
    {
        // Counts of one cluster a hundred times those of the others: a random effect absorbs it, a population mean does not.
        var frame = Frame(40, _ => 4, (cluster, row) => (cluster == 17 ? 100 + row : 1 + ((cluster + row) % 3), cluster % 2));
        var comparison = ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            MarginalLikelihood = false,
            Gee = new GeeOptions { Family = Family.Poisson, Threads = 1 },
            Glmm = new GlmmOptions { Family = Family.Poisson, Nodes = 15, Threads = 1 },
        });

        Assert.Contains("id 17 alone", Check(comparison, "influential-cluster").Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_clusters_are_remarked_on()
    {
        var frame = Trial((_, _, arm) => (0.3 * arm, 0.5), _ => 8, clusters: 20);

        var remark = Check(Compare(frame, plain: true), "few-clusters").Finding;
        Assert.Contains("20 clusters", remark, StringComparison.Ordinal);
        Assert.EndsWith("Leave --se and --df at their defaults.", remark, StringComparison.Ordinal);

        // The corrected errors with t and K − p are the cure: with them the remark falls silent.
        Assert.DoesNotContain(Compare(frame).Checks, check => check.Key == "few-clusters");
    }

    [Fact]
    public void No_variance_between_clusters_makes_one_model_of_both()
    {
        // Alternating outcomes: clusters are more alike than chance makes them.
        var frame = Frame(60, _ => 4, (cluster, row) => ((row + cluster) % 2, cluster % 2));
        var comparison = Compare(frame);

        Assert.Equal(0, comparison.Spread);
        Assert.Contains(comparison.Checks, check => check.Key == "boundary");
        Assert.Contains("same model", comparison.Verdict[0], StringComparison.Ordinal);
        Assert.Equal(0, comparison.Effects[0].Gap.NonCollapsibility.Estimate, 1e-10);
    }

    [Fact]
    public void Implied_GEE_solves_its_equations_with_the_exact_means()
    {
        var frame = ReferenceFrames.Build("toenail", "y ~ treatment * time + (1 | patientID)");
        var comparison = ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "treatment",
            CheckReasons = false,
            MarginalLikelihood = false,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 11, CheckNodes = false },
        });
        var implied = ImpliedGee.Coefficients(comparison.Models)!;
        var points = comparison.Marginalized.Model.Points();
        for (var j = 0; j < implied.Length; j++)
        {
            var score = 0.0;
            for (var i = 0; i < frame.Rows; i++)
            {
                var eta = Enumerable.Range(0, implied.Length).Sum(k => frame.Design.Column(k)[i] * implied[k]);
                score += frame.Design.Column(j)[i] * (points[i].Mean - (1 / (1 + Math.Exp(-eta))));
            }

            Assert.Equal(0, score, 1e-4);
        }
    }

    [Fact]
    public void Implied_GEE_of_a_saturated_design_is_the_marginalized_model()
    {
        var comparison = Compare(Trial((_, _, arm) => (0.8 * arm, 1.5), _ => 5));
        var implied = ImpliedGee.Coefficients(comparison.Models)!;

        Assert.Equal(comparison.Marginalized.Estimates[0], implied[0], 1e-7);
        Assert.Equal(comparison.Marginalized.Estimates[1], implied[1], 1e-7);
    }

    [Fact]
    public void Implied_GEE_of_an_exchangeable_correlation_asks_no_order_of_the_waves()
    {
        var frame = WithDropout(0.3, 0.1);
        var turned = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            Waves = Array.ConvertAll(frame.Waves.ToArray(), wave => 3 - wave),
            WaveLabels = frame.WaveLabels,
        };

        Assert.Equal(ImpliedGee.Coefficients(Compare(frame).Models)!, ImpliedGee.Coefficients(Compare(turned).Models)!);
    }

    [Fact]
    public void Every_check_and_statement_is_a_sentence()
    {
        var comparison = Compare(Trial((_, _, arm) => (0.3 * arm, 1.5), cluster => 3 + (cluster % 3)), marginalLikelihood: true);

        Assert.All(comparison.Checks, check => Assert.EndsWith(".", check.Finding, StringComparison.Ordinal));
        Assert.All(comparison.Verdict, sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal([Estimand.Conditional, Estimand.Marginal, Estimand.MarginalLikelihood],
            comparison.Estimands.Select(statement => statement.Estimand));
        Assert.Contains(comparison.Checks, check => check.Key == "random-effect-law");
    }

    private static ReasonCheck Check(ModelComparison comparison, string key) => comparison.Checks.Single(check => check.Key == key);

    private static ModelComparison Compare(ModelFrame frame, bool marginalLikelihood = false, bool plain = false) =>
        ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            MarginalLikelihood = marginalLikelihood,
            Variance = plain ? GeeVariance.Robust : GeeVariance.ManclDeRouen,
            DegreesOfFreedom = plain ? GeeDegreesOfFreedom.Normal : GeeDegreesOfFreedom.ClustersMinusCoefficients,
            Gee = new GeeOptions { Family = Family.Binomial, Threads = 1 },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 11, Threads = 1, CheckNodes = false },
        });

    private static ModelFrame Trial(Func<int, int, int, (double Predictor, double Spread)> model, Func<int, int> size, int clusters = 300)
    {
        var random = new RandomStream(7, 1, 0);
        var effects = Enumerable.Range(0, clusters).Select(_ => random.NextNormal()).ToArray();
        return Frame(clusters, size, (cluster, row) =>
        {
            var arm = (cluster / 2) % 2;
            var (predictor, spread) = model(cluster, row, arm);
            return (random.NextUniform() < 1 / (1 + Math.Exp(-predictor - (spread * effects[cluster]))) ? 1 : 0, arm);
        });
    }

    private static ModelFrame WithCovariate(double within, double between)
    {
        var random = new RandomStream(8, 1, 0);
        var x = new List<double>();
        var (level, effect, last) = (0.0, 0.0, -1);
        var frame = Frame(400, _ => 4, (cluster, _) =>
        {
            if (cluster != last)
            {
                (level, effect, last) = (random.NextNormal(), random.NextNormal(), cluster);
            }

            var own = random.NextNormal();
            x.Add(level + own);
            var eta = (within * own) + (between * level) + (0.5 * effect) + (0.4 * (cluster % 2));
            return (random.NextUniform() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0, cluster % 2);
        });
        var design = TableFile.Design(("(Intercept)", [.. frame.Design.Column(0)]), ("arm", [.. frame.Design.Column(1)]), ("x", [.. x]));
        return new ModelFrame(design, frame.Response.ToArray(), frame.Clusters);
    }

    private static ModelFrame WithDropout(double afterEvent, double otherwise)
    {
        var random = new RandomStream(9, 1, 0);
        List<int> offsets = [0];
        List<double> response = [], arm = [], time = [];
        List<int> waves = [];
        for (var cluster = 0; cluster < 300; cluster++)
        {
            var effect = random.NextNormal();
            for (var wave = 0; wave < 4; wave++)
            {
                var event1 = random.NextUniform() < 1 / (1 + Math.Exp(0.5 - effect));
                response.Add(event1 ? 1 : 0);
                arm.Add(cluster % 2);
                time.Add(wave);
                waves.Add(wave);
                if (random.NextUniform() < (event1 ? afterEvent : otherwise))
                {
                    break;
                }
            }

            offsets.Add(response.Count);
        }

        var design = TableFile.Design(("(Intercept)", [.. Enumerable.Repeat(1.0, response.Count)]), ("arm", [.. arm]), ("time", [.. time]));
        return new ModelFrame(design, [.. response], new Clusters("id", [.. offsets], c => $"{c}"))
        {
            Waves = [.. waves],
            WaveLabels = ["0", "1", "2", "3"],
        };
    }

    private static ModelFrame Frame(int clusters, Func<int, int> size, Func<int, int, (int Response, int Arm)> row)
    {
        List<int> offsets = [0];
        List<double> response = [], arm = [];
        for (var cluster = 0; cluster < clusters; cluster++)
        {
            for (var i = 0; i < size(cluster); i++)
            {
                var (y, a) = row(cluster, i);
                response.Add(y);
                arm.Add(a);
            }

            offsets.Add(response.Count);
        }

        var design = TableFile.Design(("(Intercept)", [.. Enumerable.Repeat(1.0, response.Count)]), ("arm", [.. arm]));
        var waves = Enumerable.Range(0, clusters).SelectMany(cluster => Enumerable.Range(0, size(cluster))).ToArray();
        return new ModelFrame(design, [.. response], new Clusters("id", [.. offsets], c => $"{c}")) { Waves = waves };
    }
}
