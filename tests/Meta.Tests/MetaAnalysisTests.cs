using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta.Tests;

public sealed class MetaAnalysisTests
{
    [Fact]
    public void Two_equal_variances_give_the_plain_mean_and_half_the_variance()
    {
        var fit = Fit([1, 3], [2, 2], HeterogeneityEstimator.Fixed);
        Assert.Equal(2, fit.Estimate, 1e-14);
        Assert.Equal(1, fit.StandardError, 1e-14);
        Assert.Equal(1, fit.Q, 1e-14);
        Assert.Equal(0, fit.I2);
        Assert.Equal(1, fit.H2, 1e-14);
    }

    // With equal v every moment estimator of two studies is (y₁ − y₂)²/2 − v; here 18 − 2.
    [Theory]
    [InlineData("REML")]
    [InlineData("DL")]
    [InlineData("PM")]
    [InlineData("HE")]
    public void Equal_variances_give_sample_variance_minus_sampling_variance(string code)
    {
        var fit = Fit([0, 6], [2, 2], HeterogeneityEstimator.All.Single(e => e.Code == code));
        Assert.Equal(16, fit.Tau2, 1e-12);
        Assert.Equal(3, fit.StandardError, 1e-12);
        Assert.Equal(100 * 16 / 18.0, fit.I2, 1e-11);
        Assert.Equal(16 / 18.0, fit.Shrunken[0].Weight, 1e-13);
        Assert.Equal(1 / 3.0, fit.Shrunken[0].Estimate, 1e-13);
    }

    [Fact]
    public void Maximum_likelihood_divides_by_the_number_of_studies() =>
        Assert.Equal(9 - 2, Fit([0, 6], [2, 2], HeterogeneityEstimator.MaximumLikelihood).Tau2, 1e-12);

    [Fact]
    public void Identical_studies_are_on_the_boundary_without_a_division_by_zero()
    {
        foreach (var estimator in HeterogeneityEstimator.All)
        {
            var fit = Fit([0.3, 0.3, 0.3], [1, 2, 3], estimator);
            Assert.Equal(0, fit.Tau2);
            Assert.Equal(0.3, fit.Estimate, 1e-15);
            Assert.Equal(1, fit.QPValue);
            Assert.Equal(0, fit.I2);
            Assert.Equal(new Interval(0, 0), fit.Tau2Interval);
            Assert.Equal(estimator.IsRandom ? ConvergenceStatus.Boundary : ConvergenceStatus.Converged, fit.Convergence.Status);
        }
    }

    // Two precise studies disagree and a third is vague: the restricted likelihood has a maximum at 0 and a higher one elsewhere or the
    // reverse; the global one is taken whichever it is.
    [Fact]
    public void Extreme_spread_of_variances_still_finds_the_highest_maximum()
    {
        double[] y = [0, 10, 0.01, 5], v = [1e-8, 1e-8, 1e6, 1e3];
        var fit = Fit(y, v, HeterogeneityEstimator.Restricted);
        var best = PooledMoments.At(fit.Tau2, y, v).TwiceRestrictedLogLikelihood;
        for (var tau2 = 1e-10; tau2 < 1e8; tau2 *= 1.1)
        {
            Assert.True(PooledMoments.At(tau2, y, v).TwiceRestrictedLogLikelihood <= best + 1e-9);
        }
    }

    [Theory]
    [InlineData(1e-160)]
    [InlineData(1e150)]
    public void Extreme_units_neither_overflow_nor_vanish(double unit)
    {
        var fit = Fit([1 * unit, 4 * unit, 9 * unit], [unit * unit, unit * unit, unit * unit], HeterogeneityEstimator.Restricted);
        var plain = Fit([1, 4, 9], [1, 1, 1], HeterogeneityEstimator.Restricted);
        Assert.Equal(plain.Estimate, fit.Estimate / unit, 1e-10);
        Assert.Equal(plain.I2, fit.I2, 1e-3);
    }

    [Fact]
    public void A_fixed_effect_of_studies_that_disagree_warns() =>
        Assert.Contains(
            Fit([0, 6], [1, 1], HeterogeneityEstimator.Fixed).Warnings,
            w => w.Contains("One common effect", StringComparison.Ordinal));

    [Fact]
    public void Studies_in_perfect_agreement_warn_of_the_Hartung_Knapp_interval() => Assert.Contains(
        MetaAnalysis.Fit(Effects([0.3, 0.31, 0.3], [1, 1, 1]), new MetaAnalysisOptions { Interval = MeanInterval.HartungKnapp }).Warnings,
        w => w.Contains("--ci hartung-knapp-adhoc", StringComparison.Ordinal));

    [Fact]
    public void Student_prediction_of_two_studies_is_unbounded_and_says_so()
    {
        var fit = MetaAnalysis.Fit(Effects([0, 6], [1, 1]), new MetaAnalysisOptions { StudentPrediction = true });
        Assert.Equal(double.PositiveInfinity, fit.PredictionInterval.Upper);
        Assert.Contains(fit.Warnings, w => w.Contains("unbounded", StringComparison.Ordinal));
    }

    [Fact]
    public void One_study_cannot_be_combined() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit([1], [1], HeterogeneityEstimator.Fixed));

    [Fact]
    public void A_variance_of_zero_is_refused() => Assert.Throws<ArgumentException>(() => Effects([1, 2], [1, 0]));

    [Fact]
    public void Equal_standard_errors_leave_the_funnel_untested() => Assert.Null(FunnelAsymmetry.Test(Effects([1, 2, 3], [0.3, 0.3, 0.3])));

    private static MetaAnalysisFit Fit(double[] y, double[] v, HeterogeneityEstimator estimator) =>
        MetaAnalysis.Fit(Effects(y, v), new MetaAnalysisOptions { Estimator = estimator });

    private static StudyEffects Effects(double[] y, double[] v) => new([.. y.Select((_, i) => $"{i}")], y, v, StudyMeasure.Given);
}
