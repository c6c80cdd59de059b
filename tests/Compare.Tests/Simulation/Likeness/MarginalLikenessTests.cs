using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary><see cref="MarginalLikeness"/>: a large trial like a GEE fit, fitted again, gives the fit back.</summary>
public sealed class MarginalLikenessTests
{
    [Fact]
    public void Means_correlations_and_scale_come_back()
    {
        foreach (var (family, spread, structure) in new[]
        {
            (Family.Binomial, 1.5, WorkingCorrelation.Exchangeable),
            (Family.Gaussian, 0.5, WorkingCorrelation.Ar1),
            (Family.Poisson, 0.6, WorkingCorrelation.Exchangeable),
            (Family.Gaussian, 0.5, WorkingCorrelation.MDependent(2)),
        })
        {
            var options = new GeeOptions { Family = family, Correlation = structure, Threads = 1 };
            var fit = GeeFitter.Fit(FittedTrials.Draw(family, spread, withTerm: false), options);
            var source = new LikeSource(TrialLikeness.Of(fit), effect: 0.6, clusters: 12_000);
            var again = GeeFitter.Fit(source.Open().Draw(new RandomStream(2, 3, 4), 0), options);
            var errors = GeeInference.Of(again).StandardErrors();
            for (var j = 0; j < errors.Length; j++)
            {
                var expected = j == 1 ? 0.6 : fit.Coefficients[j];
                Assert.InRange(again.Coefficients[j], expected - (4 * errors[j]), expected + (4 * errors[j]));
            }

            for (var k = 0; k < fit.Correlation.Alpha.Length; k++)
            {
                Assert.Equal(fit.Correlation.Alpha[k], again.Correlation.Alpha[k], 0.03);
            }

            Assert.Equal(family == Family.Binomial ? 1 : fit.Scale, again.Scale, 0.05 * Math.Max(1, fit.Scale));
            Assert.Equal((0.6, "T2 = T3"), source.TruthOf(StudyTarget.Marginal));
            Assert.Equal(family == Family.Gaussian, source.TruthOf(StudyTarget.Conditional) is not null);
        }
    }

    [Fact]
    public void Effects_beyond_what_outcomes_can_have_are_refused()
    {
        var fit = GeeFitter.Fit(
            FittedTrials.Draw(Family.Binomial, 1.5, withTerm: false),
            new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable, Threads = 1 });
        var refusal = Assert.Throws<InputException>(() => new LikeSource(TrialLikeness.Of(fit), coefficient: "x", effect: 30));
        Assert.Contains("bounds", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Overdispersed_counts_have_their_mean_and_variance()
    {
        var margin = OutcomeMargin.Overdispersed(2.5, 1.8);
        var (sum, square) = (0.0, 0.0);
        for (var k = 1; k <= margin.Thresholds.Length; k++)
        {
            // P(Y ≥ k) summed over k is the mean, and 2k − 1 times it the mean square.
            var tail = StandardNormal.UpperTail(margin.Thresholds[k - 1]);
            sum += tail;
            square += ((2 * k) - 1) * tail;
        }

        Assert.Equal(2.5, sum, 1e-8);
        Assert.Equal(1.8 * 2.5, square - (sum * sum), 1e-7);
    }
}
