using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Reports;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Inference;

public sealed class LmmInferenceTests
{
    /// <summary>
    /// R 4.2.2 and lme4 1.1.31: restricted log-likelihoods −871.81413598 (lmer) and −946.831831736 (lm); anova of the fits by ML.
    /// </summary>
    [Fact]
    public void Likelihood_ratio_tests_of_sleepstudy_drop_each_term()
    {
        var tests = LikelihoodRatioTest.OfTerms(LmmFitter.Fit(
            LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"),
            new LmmOptions()));
        Assert.Equal(["(1 + Days | Subject)", "Days"], tests.Select(test => test.Label));
        Assert.Equal(150.03539, tests[0].Statistic, 4);
        Assert.True(tests[0].OnBoundary);
        Assert.Equal(23.53654, tests[1].Statistic, 4);
        Assert.Equal(1.2256e-6, tests[1].PValue, 1e-9);
    }

    /// <summary>At a boundary half of the law has a degree of freedom less; tails of one to three have closed forms.</summary>
    [Fact]
    public void P_values_at_a_boundary_are_means_of_two_tails()
    {
        var slopes = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), new LmmOptions());
        var intercepts = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (1 | Subject)"), new LmmOptions());
        var (both, one) = (LikelihoodRatioTest.OfTerms(slopes)[0], LikelihoodRatioTest.OfTerms(intercepts)[0]);
        var slope = LikelihoodRatioTest.Compare("Days | Subject", intercepts, slopes, onBoundary: true);
        Assert.Equal((1, 2, 3), (one.Parameters, slope.Parameters, both.Parameters));
        Assert.Equal(1, one.PValue / (Tail(one.Statistic) / 2), 1e-9);
        Assert.Equal(1, slope.PValue / ((Tail(slope.Statistic) + Math.Exp(-slope.Statistic / 2)) / 2), 1e-9);
        var second = Math.Exp(-both.Statistic / 2);
        var third = Tail(both.Statistic) + (Math.Sqrt(2 * both.Statistic / Math.PI) * second);
        Assert.Equal(1, both.PValue / ((second + third) / 2), 1e-9);

        static double Tail(double statistic) => 2 * StandardNormal.UpperTail(Math.Sqrt(statistic));
    }

    /// <summary>The tests begin where other fits ended; fits from the usual start have the same maxima.</summary>
    [Fact]
    public void Likelihood_ratio_tests_do_not_depend_on_where_their_fits_begin()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + I(Days^2) + (Days | Subject)");
        var tests = LikelihoodRatioTest.OfTerms(LmmFitter.Fit(frame, new LmmOptions()));
        var options = new LmmOptions { Restricted = false };
        var full = LmmFitter.Fit(frame, options);
        var smaller = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), options);
        Assert.Equal(2 * (full.LogLikelihood - smaller.LogLikelihood), tests[^1].Statistic, 1e-7);
    }

    [Fact]
    public void A_fit_without_a_maximum_has_no_likelihood_ratio_tests()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)");
        var unfinished = LmmFitter.Fit(frame, new LmmOptions { MaximumIterations = 1 });
        Assert.False(unfinished.Convergence.Converged);
        Assert.Empty(LikelihoodRatioTest.OfTerms(unfinished));
        var full = LmmFitter.Fit(frame, new LmmOptions());
        var test = LikelihoodRatioTest.Compare("x", unfinished, full, onBoundary: false);
        Assert.True(double.IsNaN(test.Statistic) && double.IsNaN(test.PValue));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Robust_covariance_equals_the_sandwich_of_dense_matrices(bool random)
    {
        var frame = LinearFrames.Longitudinal(32, 25, 5, slope: true, random: random);
        var fit = LmmFitter.Fit(
            frame,
            new LmmOptions { Residual = random ? ResidualStructure.Identity : ResidualStructure.FirstOrderAutoregression });
        var x = DenseLikelihood.Design(frame);
        var v = DenseLikelihood.Covariance(fit);
        var residual = DenseLikelihood.Response(frame) - (x * Vector<double>.Build.Dense(fit.Coefficients.ToArray()));
        var bread = (x.Transpose() * v.Cholesky().Solve(x)).Inverse();
        var meat = Matrix<double>.Build.Dense(3, 3);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var (start, size) = (frame.Clusters.Start(c), frame.Clusters.Size(c));
            var score = x
                .SubMatrix(start, size, 0, 3)
                .Transpose() * v.SubMatrix(start, size, start, size).Cholesky().Solve(residual.SubVector(start, size));
            meat += score.OuterProduct(score);
        }

        var expected = bread * meat * bread;
        var robust = LmmReference.Robust.Of(fit).Covariance;
        for (var i = 0; i < 9; i++)
        {
            Relative.Equal(expected[i / 3, i % 3], robust[i], 1e-9);
        }
    }

    [Fact]
    public void Kenward_Roger_of_an_autoregression_equals_the_formulas_on_dense_matrices()
    {
        var frame = LinearFrames.Longitudinal(33, 20, 6, slope: false, random: false);
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.FirstOrderAutoregression });
        var (scale, rho) = (fit.ResidualVariance, fit.ResidualCovariances[0].Correlation(0, 1));
        Matrix<double> Dense(Func<int, double> entry) => Matrix<double>.Build.Dense(
            frame.Rows,
            frame.Rows,
            (i, j) => SameCluster(frame, i, j) ? entry(Math.Abs(frame.Waves[i] - frame.Waves[j])) : 0);
        Matrix<double>[] first = [Dense(lag => Math.Pow(rho, lag)), Dense(lag => lag == 0 ? 0 : scale * lag * Math.Pow(rho, lag - 1))];
        var mixed = Dense(lag => lag == 0 ? 0 : lag * Math.Pow(rho, lag - 1));
        var pure = Dense(lag => lag < 2 ? 0 : scale * lag * (lag - 1) * Math.Pow(rho, lag - 2));
        Matrix<double>[,] second = { { 0 * mixed, mixed }, { mixed, pure } };
        var x = DenseLikelihood.Design(frame);
        var v = DenseLikelihood.Covariance(fit).Inverse();
        var phi = (x.Transpose() * v * x).Inverse();
        Matrix<double> P(int i) => -x.Transpose() * v * first[i] * v * x;
        Matrix<double> Q(int i, int j) => x.Transpose() * v * first[i] * v * first[j] * v * x;
        var information = Matrix<double>.Build.Dense(
            2,
            2,
            (i, j) => 0.5 * ((v * first[i] * v * first[j]).Trace() - (2 * (phi * Q(i, j)).Trace()) + (phi * P(i) * phi * P(j)).Trace()));
        var w = information.Inverse();
        var sum = Matrix<double>.Build.Dense(3, 3);
        for (var i = 0; i < 2; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                sum += w[i, j] * (Q(i, j) - (P(i) * phi * P(j)) - (0.25 * x.Transpose() * v * second[i, j] * v * x));
            }
        }

        var adjusted = phi + (2 * phi * sum * phi);
        var table = LmmReference.KenwardRogerBy(CovarianceInformation.Expected).Of(fit).Table();
        for (var k = 0; k < 3; k++)
        {
            Relative.Equal(Math.Sqrt(adjusted[k, k]), table[k].StandardError, 1e-7);

            // One contrast: A₁ = A₂ and m = 2/A₂ reduce to Satterthwaite's formula with the expected information.
            var gradient = Vector<double>.Build.Dense(2, i => (phi * P(i) * phi)[k, k]);
            Relative.Equal(2 * phi[k, k] * phi[k, k] / (gradient * w * gradient), table[k].DegreesOfFreedom!.Value, 1e-6);
        }
    }

    [Fact]
    public void Joint_test_of_one_contrast_is_the_square_of_its_t()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days || Subject)"), new LmmOptions());
        foreach (var reference in new[] { LmmReference.Satterthwaite, LmmReference.KenwardRoger })
        {
            var inference = reference.Of(fit);
            var test = inference.TermTests().Single().Test;
            var row = inference.Table()[1];
            Relative.Equal(row.Statistic * row.Statistic, test.Statistic, 1e-6);
            Relative.Equal(row.DegreesOfFreedom!.Value, test.DenominatorDegreesOfFreedom!.Value, 1e-6);
            Relative.Equal(row.PValue, test.PValue, 1e-6);
        }
    }

    [Fact]
    public void Correlations_by_lag_of_complete_data_under_an_unstructured_covariance_agree_with_the_model()
    {
        var frame = LinearFrames.Longitudinal(34, 400, 4, slope: false, random: false, missing: 0);
        var lags = CorrelationByLag.Of(LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.Toeplitz }));
        Assert.Equal([1, 2, 3], lags.Select(lag => lag.Lag));
        Assert.Equal([1200L, 800, 400], lags.Select(lag => lag.Pairs));
        Assert.All(lags, lag => Assert.True(Math.Abs(lag.Empirical - lag.Fitted) < 0.02));
    }

    [Fact]
    public void Among_structures_the_one_that_made_the_data_has_the_lowest_criterion()
    {
        var frame = LinearFrames.Longitudinal(35, 150, 5, slope: false, random: false, between: 0);
        var comparisons = StructureComparison.Of(frame, new LmmOptions());
        Assert.Equal(ResidualStructure.All.Count, comparisons.Count);
        Assert.Equal("ar1", StructureComparison.Best(comparisons)!.Structure.Name);
    }

    private static bool SameCluster(ModelFrame frame, int i, int j)
    {
        var offsets = frame.Clusters.Offsets;
        for (var c = 0; c + 1 < offsets.Length; c++)
        {
            if (i >= offsets[c] && i < offsets[c + 1])
            {
                return j >= offsets[c] && j < offsets[c + 1];
            }
        }

        return false;
    }
}
