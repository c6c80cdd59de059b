using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Tests.Persons;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Ladders;

/// <summary>
/// A large made trial whose small clusters alone respond: risks .3, or .6 in treated clusters of 10, none in those of 90, and a normal
/// effect of standard deviation .3 on the logit scale.
/// </summary>
public sealed class InformativeSizeTests
{
    private const int Clusters = 4000;
    private const double Sigma = 0.3;

    private static readonly double Difference = Mean(0.6) - Mean(0.3);

    private static readonly ModelComparison Trial = Compare();

    [Fact]
    public void The_truths_are_those_of_the_integrals()
    {
        // R: integrate(function(z) plogis(qlogis(q) + .3 * z) * dnorm(z), -8, 8).
        Assert.Equal(0.1471352, 0.5 * Difference, 1e-7);
        Assert.Equal(0.02942704, 10 * Difference / 100, 1e-7);
    }

    [Fact]
    public void Participants_and_clusters_have_effects_within_two_standard_errors_of_their_truths()
    {
        Near(10 * Difference / 100, Rung(3));
        Near(0.5 * Difference, Rung(4));
        foreach (var result in Trial.Standardized)
        {
            var truth = result.Means.Weighting == ClusterWeighting.Cluster ? 0.5 * Difference : 10 * Difference / 100;
            Near(truth, result.Contrasts.Single(contrast => contrast.Measure == EffectMeasure.Difference).Inference);
        }
    }

    [Fact]
    public void What_the_model_says_is_neither()
    {
        var model = Rung(2);
        Assert.True(Math.Abs(model.Estimate - (0.5 * Difference)) > 4 * model.StandardError);
        Assert.True(Math.Abs(model.Estimate - (10 * Difference / 100)) > 4 * model.StandardError);
    }

    private static void Near(double truth, Coefficient row)
    {
        Assert.InRange(row.StandardError, 0.001, 0.02);
        Assert.True(Math.Abs(row.Estimate - truth) < 2 * row.StandardError, $"{row.Estimate} ({row.StandardError}), truth {truth}");
    }

    private static Coefficient Rung(int number) => Trial.Ladder.Rungs.Single(rung =>
        rung.Rung == number && rung.Weighting == ClusterWeighting.Participant && rung.Scale == "risk difference").Inference;

    private static ModelComparison Compare()
    {
        var random = new RandomStream(8, 1, 1);
        var rows = Enumerable.Range(0, Clusters).Select(c =>
        {
            var (arm, size) = (c % 2, c % 4 < 2 ? 10 : 90);
            var risk = size == 10 && arm == 1 ? 0.6 : 0.3;
            var p = Expit(Logit(risk) + (Sigma * random.NextNormal()));
            return new object[] { c, arm, size, random.NextBinomial(size, p) };
        });
        var frame = PersonFrames.Build(PersonFrames.Lines("cluster,arm,size,y", rows), "y / size ~ arm + (1 | cluster)");
        return ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            CheckReasons = false,
            MarginalLikelihood = false,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 15 },
        });
    }

    /// <summary>The mean risk of clusters whose effect is normal: 8,001 points over ±8.</summary>
    private static double Mean(double risk)
    {
        var sum = 0.0;
        for (var k = -4000; k <= 4000; k++)
        {
            var z = k * 0.002;
            sum += 0.002 * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * Expit(Logit(risk) + (Sigma * z));
        }

        return sum;
    }

    private static double Logit(double p) => Math.Log(p / (1 - p));

    private static double Expit(double eta) => 1 / (1 + Math.Exp(-eta));
}
