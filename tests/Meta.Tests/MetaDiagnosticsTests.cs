using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Meta.Tests;

/// <summary>Diagnostics and intervals of an analysis against the equations that define them.</summary>
public sealed class MetaDiagnosticsTests
{
    private static readonly double[] Effects = [0.2, 0.9, -0.1, 1.2, 0.5, 0.4];
    private static readonly double[] Variances = [0.04, 0.09, 0.01, 0.16, 0.05, 0.3];

    /// <summary>Egger's test as weighted least squares by matrices: (XᵀWX)⁻¹XᵀWy, with a multiplier of the variance.</summary>
    [Fact]
    public void The_test_of_asymmetry_is_a_weighted_regression_on_the_standard_errors()
    {
        var test = FunnelAsymmetry.Test(Studies(1), 0.9)!;
        var x = Matrix<double>.Build.Dense(6, 2, (i, j) => j == 0 ? 1 : Math.Sqrt(Variances[i]));
        var w = Matrix<double>.Build.DenseOfDiagonalArray([.. Variances.Select(v => 1 / v)]);
        var y = Vector<double>.Build.Dense(Effects);
        var inverse = (x.Transpose() * w * x).Inverse();
        var beta = inverse * (x.Transpose() * w * y);
        var residual = y - (x * beta);
        var multiplier = residual * (w * residual) / 4;
        Assert.Equal(beta[1], test.Slope, 1e-10);
        Assert.Equal(beta[0], test.Limit, 1e-10);
        Assert.Equal(Math.Sqrt(multiplier * inverse[1, 1]), test.StandardError, 1e-10);
        Assert.Equal(4, test.DegreesOfFreedom);
        Assert.Equal(test.Slope / test.StandardError, test.Statistic, 1e-12);
        Assert.Equal(2 * StudentT.CDF(0, 1, 4, -Math.Abs(test.Statistic)), test.PValue, 1e-9);
        var half = StudentT.InvCDF(0, 1, 4, 0.95) * Math.Sqrt(multiplier * inverse[0, 0]);
        Assert.Equal(beta[0] - half, test.LimitInterval.Lower, 1e-8);
        Assert.Equal(beta[0] + half, test.LimitInterval.Upper, 1e-8);
    }

    /// <summary>In other units the effect at no error is in them, and the slope, of effects on errors, is a pure number.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(1e-6)]
    public void Units_do_not_make_a_funnel_asymmetric(double unit)
    {
        var (one, other) = (FunnelAsymmetry.Test(Studies(1))!, FunnelAsymmetry.Test(Studies(unit))!);
        Assert.Equal(one.Slope, other.Slope, 1e-9);
        Assert.Equal(one.PValue, other.PValue, 1e-9);
        Assert.Equal(1, other.Limit / unit / one.Limit, 1e-9);
        Assert.Equal(1, other.LimitInterval.Upper / unit / one.LimitInterval.Upper, 1e-9);
    }

    [Fact]
    public void Effects_that_grow_with_their_errors_lie_on_a_line()
    {
        double[] errors = [0.1, 0.2, 0.3, 0.5];
        var studies = new StudyEffects(
            ["a", "b", "c", "d"], [.. errors.Select(error => 0.3 + (2 * error))], [.. errors.Select(error => error * error)],
            StudyMeasure.Given);
        var test = FunnelAsymmetry.Test(studies)!;
        Assert.Equal((2, 0.3), (Math.Round(test.Slope, 9), Math.Round(test.Limit, 9)));
        Assert.True(test.PValue < 1e-6);
        Assert.Null(FunnelAsymmetry.Test(studies.Without(0).Without(0)));
    }

    [Theory]
    [InlineData("REML")]
    [InlineData("DL")]
    [InlineData("FE")]
    public void Without_a_study_the_analysis_is_that_of_the_others(string code)
    {
        var options = new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.All.Single(one => one.Code == code) };
        var fits = LeaveOneOut.Fits(MetaAnalysis.Fit(Studies(1), options));
        Assert.Equal(6, fits.Count);
        for (var study = 0; study < 6; study++)
        {
            var others = MetaAnalysis.Fit(
                new StudyEffects(
                    [.. Enumerable.Range(0, 5).Select(i => $"{i}")], [.. Effects.Where((_, i) => i != study)],
                    [.. Variances.Where((_, i) => i != study)], StudyMeasure.Given), options);
            Assert.Equal(
                (others.Estimate, others.StandardError, others.Tau2, others.Q),
                (fits[study].Estimate, fits[study].StandardError, fits[study].Tau2, fits[study].Q));
            Assert.Equal(5, fits[study].Studies.Count);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => LeaveOneOut.Fits(MetaAnalysis.Fit(
            new StudyEffects(["a", "b"], [1, 2], [1, 1], StudyMeasure.Given), options)));
    }

    /// <summary>Viechtbauer (2007): at its limits Q is at the quantiles of χ².</summary>
    [Theory]
    [InlineData(0.95)]
    [InlineData(0.8)]
    public void Limits_of_the_variance_between_studies_put_Q_at_its_quantiles(double level)
    {
        var interval = MetaAnalysis.Fit(Studies(1), new MetaAnalysisOptions { Level = level }).Tau2Interval!.Value;
        Assert.Equal(ChiSquared.InvCDF(5, (1 + level) / 2), Q(interval.Lower), 1e-6);
        Assert.Equal(ChiSquared.InvCDF(5, (1 - level) / 2), Q(interval.Upper), 1e-6);
    }

    /// <summary>A smaller level gives intervals inside those of a larger one, about the same estimates.</summary>
    [Fact]
    public void Intervals_of_higher_levels_hold_those_of_lower_ones()
    {
        MetaAnalysisFit? inner = null;
        foreach (var level in new[] { 0.5, 0.8, 0.95, 0.999 })
        {
            var fit = MetaAnalysis.Fit(Studies(1), new MetaAnalysisOptions { Level = level });
            foreach (var (small, large) in inner is null ? [] : new[]
            {
                (inner.ConfidenceInterval, fit.ConfidenceInterval), (inner.PredictionInterval, fit.PredictionInterval),
                (inner.Tau2Interval!.Value, fit.Tau2Interval!.Value),
            })
            {
                Assert.True(large.Lower <= small.Lower && small.Upper < large.Upper);
            }

            Assert.True(inner is null || inner.Estimate == fit.Estimate);
            inner = fit;
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => MetaAnalysis.Fit(Studies(1), new MetaAnalysisOptions { Level = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetaAnalysis.Fit(Studies(1), new MetaAnalysisOptions { Level = 0 }));
    }

    /// <summary>Moving all effects moves the mean alone; turning their signs turns it; another unit scales all.</summary>
    [Fact]
    public void Shifts_signs_and_units_of_effects_carry_over()
    {
        foreach (var estimator in HeterogeneityEstimator.All)
        {
            var options = new MetaAnalysisOptions { Estimator = estimator };
            var fit = MetaAnalysis.Fit(Studies(1), options);
            var shifted = MetaAnalysis.Fit(With([.. Effects.Select(y => y + 5)], Variances), options);
            var turned = MetaAnalysis.Fit(With([.. Effects.Select(y => -y)], Variances), options);
            var scaled = MetaAnalysis.Fit(Studies(7), options);
            Assert.Equal(fit.Estimate + 5, shifted.Estimate, 1e-8);
            Assert.Equal(fit.Tau2, shifted.Tau2, 1e-7);
            Assert.Equal(-fit.Estimate, turned.Estimate, 1e-9);
            Assert.Equal(fit.PValue, turned.PValue, 1e-8);
            Assert.Equal(7 * fit.Estimate, scaled.Estimate, 1e-7);
            Assert.Equal(49 * fit.Tau2, scaled.Tau2, 1e-5);
            Assert.Equal(fit.I2, scaled.I2, 1e-5);
            Assert.Equal(fit.Q, shifted.Q, 1e-8);
        }
    }

    /// <summary>A study that is there twice with twice the variance weighs, with one common effect, as much as once.</summary>
    [Fact]
    public void Halves_of_a_study_are_the_study_under_one_common_effect()
    {
        var options = new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.Fixed };
        var whole = MetaAnalysis.Fit(Studies(1), options);
        var halves = MetaAnalysis.Fit(With([.. Effects, Effects[0]], [2 * Variances[0], .. Variances[1..], 2 * Variances[0]]), options);
        Assert.Equal(whole.Estimate, halves.Estimate, 1e-12);
        Assert.Equal(whole.StandardError, halves.StandardError, 1e-12);
        Assert.Equal(whole.Q, halves.Q, 1e-10);
    }

    private static double Q(double tau2)
    {
        var weights = Variances.Select(v => 1 / (v + tau2)).ToArray();
        var mean = weights.Zip(Effects, (w, y) => w * y).Sum() / weights.Sum();
        return weights.Zip(Effects, (w, y) => w * (y - mean) * (y - mean)).Sum();
    }

    private static StudyEffects Studies(double unit) =>
        With([.. Effects.Select(y => unit * y)], [.. Variances.Select(v => unit * unit * v)]);

    private static StudyEffects With(double[] effects, double[] variances) =>
        new([.. effects.Select((_, i) => $"{i}")], effects, variances, StudyMeasure.Given);
}
