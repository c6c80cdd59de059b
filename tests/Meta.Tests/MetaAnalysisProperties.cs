using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta.Tests;

public sealed class MetaAnalysisProperties
{
    private static readonly Arbitrary<(double Y, double V)[]> Studies = Gen.Choose(-3000, 3000)
        .SelectMany(y => Gen.Choose(1, 4000).Select(v => (y / 1000.0, v / 1000.0)))
        .ArrayOf()
        .Where(studies => studies.Length is >= 2 and <= 40)
        .ToArbitrary();

    private static readonly IReadOnlyList<HeterogeneityEstimator> Estimators = HeterogeneityEstimator.All;

    [Fact]
    public void Zero_tau_squared_is_the_fixed_effect() => Check(studies =>
    {
        var common = Fit(studies, HeterogeneityEstimator.Fixed);
        foreach (var estimator in Estimators)
        {
            var fit = Fit(studies, estimator);
            if (fit.Tau2 == 0)
            {
                Assert.Equal(common.Estimate, fit.Estimate);
                Assert.Equal(common.StandardError, fit.StandardError);
                Assert.Equal(fit.ConfidenceInterval, fit.PredictionInterval);
                Assert.All(fit.Shrunken.ToArray(), s => Assert.Equal(fit.Estimate, s.Estimate));
                Assert.True(!estimator.IsRandom || fit.Convergence.Status == ConvergenceStatus.Boundary);
            }
        }
    });

    [Fact]
    public void Order_of_the_studies_changes_no_bit() => Check(studies =>
    {
        foreach (var estimator in Estimators)
        {
            var forward = Fit(studies, estimator);
            var backward = Fit([.. studies.Reverse()], estimator);
            Assert.Equal(forward.Estimate, backward.Estimate);
            Assert.Equal(forward.Tau2, backward.Tau2);
            Assert.Equal(forward.Q, backward.Q);
            Assert.Equal(forward.Tau2Interval, backward.Tau2Interval);
            Assert.Equal(forward.Shrunken.ToArray().Reverse(), backward.Shrunken.ToArray());
        }
    });

    [Fact]
    public void Units_and_sign_of_the_effects_carry_over() => Check(studies =>
    {
        foreach (var estimator in Estimators)
        {
            var plain = Fit(studies, estimator);
            foreach (var factor in new[] { -1e6, 1e-7, 3.7 })
            {
                var scaled = Fit([.. studies.Select(s => (s.Y * factor, s.V * factor * factor))], estimator);
                Close(plain.Estimate * factor, scaled.Estimate, plain.StandardError * Math.Abs(factor));
                Close(plain.Tau2 * factor * factor, scaled.Tau2, factor * factor);
                Close(plain.I2, scaled.I2, 100);
                Close(plain.StandardError * Math.Abs(factor), scaled.StandardError, plain.StandardError * Math.Abs(factor));
            }
        }
    });

    [Fact]
    public void A_shift_of_all_effects_shifts_the_mean_alone() => Check(studies =>
    {
        foreach (var estimator in Estimators)
        {
            var plain = Fit(studies, estimator);
            var shifted = Fit([.. studies.Select(s => (s.Y + 1000, s.V))], estimator);
            Assert.Equal(plain.Estimate + 1000, shifted.Estimate, 1e-8);
            Assert.Equal(plain.Tau2, shifted.Tau2, 1e-7);
        }
    });

    [Fact]
    public void Likelihood_estimates_beat_every_point_of_a_grid() => Check(studies =>
    {
        double[] y = [.. studies.Select(s => s.Y)], v = [.. studies.Select(s => s.V)];
        var ml = PooledMoments.At(Fit(studies, HeterogeneityEstimator.MaximumLikelihood).Tau2, y, v).TwiceLogLikelihood;
        var reml = PooledMoments.At(Fit(studies, HeterogeneityEstimator.Restricted).Tau2, y, v).TwiceRestrictedLogLikelihood;
        for (var tau2 = 0.0; tau2 < 40; tau2 = (tau2 * 1.07) + 1e-4)
        {
            var there = PooledMoments.At(tau2, y, v);
            Assert.True(there.TwiceLogLikelihood <= ml + 1e-10);
            Assert.True(there.TwiceRestrictedLogLikelihood <= reml + 1e-10);
        }
    });

    [Fact]
    public void Scores_match_differences_of_the_likelihood() => Check(studies =>
    {
        double[] y = [.. studies.Select(s => s.Y)], v = [.. studies.Select(s => s.V)];
        const double At = 0.7, Step = 1e-5;
        PooledMoments here = PooledMoments.At(
            At,
            y,
            v), above = PooledMoments.At(At + Step, y, v), below = PooledMoments.At(At - Step, y, v);
        Assert.Equal((above.TwiceLogLikelihood - below.TwiceLogLikelihood) / (2 * Step), here.TwiceScore, 1e-5);
        Assert.Equal(
            (above.TwiceRestrictedLogLikelihood - below.TwiceRestrictedLogLikelihood) / (2 * Step),
            here.TwiceRestrictedScore,
            1e-5);
        Assert.Equal((above.Q - below.Q) / (2 * Step), here.QSlope, 1e-5);
    });

    [Fact]
    public void Paule_Mandel_and_the_interval_of_tau_squared_meet_their_equations() => Check(studies =>
    {
        double[] y = [.. studies.Select(s => s.Y)], v = [.. studies.Select(s => s.V)];
        var fit = Fit(studies, HeterogeneityEstimator.PauleMandel);
        var degrees = y.Length - 1;
        Meets(fit.Tau2, degrees);
        Meets(fit.Tau2Interval!.Value.Lower, MathNet.Numerics.Distributions.ChiSquared.InvCDF(degrees, 0.975));
        Meets(fit.Tau2Interval!.Value.Upper, MathNet.Numerics.Distributions.ChiSquared.InvCDF(degrees, 0.025));

        void Meets(double tau2, double target)
        {
            var q = PooledMoments.At(tau2, y, v).Q;
            Assert.True(tau2 == 0 ? q <= target : Math.Abs(q - target) <= 1e-9 * target);
        }
    });

    [Fact]
    public void Shrunken_effects_lie_between_the_study_and_the_mean() => Check(studies =>
    {
        var fit = Fit(studies, HeterogeneityEstimator.DerSimonianLaird);
        for (var i = 0; i < studies.Length; i++)
        {
            double low = Math.Min(studies[i].Y, fit.Estimate), high = Math.Max(studies[i].Y, fit.Estimate);
            Assert.InRange(fit.Shrunken[i].Estimate, low - 1e-12, high + 1e-12);
        }

        Assert.Equal(1, fit.Shrunken.ToArray().Sum(s => s.PoolingWeight!.Value), 1e-12);
    });

    [Fact]
    public void A_precise_study_keeps_its_effect_and_a_vague_one_takes_the_mean()
    {
        (double, double)[] studies = [(-1, 0.1), (2, 1e-9), (5, 1e9), (0.5, 0.2), (1, 0.1)];
        var fit = Fit(studies, HeterogeneityEstimator.Restricted);
        Assert.Equal(2, fit.Shrunken[1].Estimate, 1e-7);
        Assert.Equal(fit.Estimate, fit.Shrunken[2].Estimate, 1e-7);
    }

    [Fact]
    public void Hartung_Knapp_made_no_narrower_is_no_narrower() => Check(studies =>
    {
        var plain = MetaAnalysis.Fit(Effects(studies), new MetaAnalysisOptions { Interval = MeanInterval.HartungKnapp });
        var adHoc = MetaAnalysis.Fit(Effects(studies), new MetaAnalysisOptions { Interval = MeanInterval.HartungKnappAdHoc });
        var wald = MetaAnalysis.Fit(Effects(studies), new MetaAnalysisOptions());
        Assert.Equal(Math.Max(plain.StandardError, wald.StandardError), adHoc.StandardError, 1e-12);
        Assert.True(adHoc.ConfidenceInterval.Upper >= wald.ConfidenceInterval.Upper);
    });

    private static void Close(double expected, double actual, double scale) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-8 * Math.Max(scale, Math.Abs(expected)), $"{actual:R}, expected {expected:R}");

    private static StudyEffects Effects((double Y, double V)[] studies) =>
        new([.. studies.Select((_, i) => $"{i}")], [.. studies.Select(s => s.Y)], [.. studies.Select(s => s.V)], StudyMeasure.Given);

    private static MetaAnalysisFit Fit((double Y, double V)[] studies, HeterogeneityEstimator estimator) =>
        MetaAnalysis.Fit(Effects(studies), new MetaAnalysisOptions { Estimator = estimator });

    private static void Check(Action<(double Y, double V)[]> law) => Prop.ForAll(Studies, law).Check(Config.QuickThrowOnFailure);
}
