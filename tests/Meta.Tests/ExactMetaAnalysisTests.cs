using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using LeaveOneOut = MarginalConditional.Meta.Diagnostics.LeaveOneOut;

namespace MarginalConditional.Meta.Tests;

public sealed class ExactMetaAnalysisTests
{
    // rma.glmm(measure = "OR", model = "UM.FS", nAGQ = 25) of metafor 3.8-1 stops lme4's derivative-free search at its default tolerance:
    // glmer itself moves by 2e-5 when the search is tightened.
    [Fact]
    public void Vaccine_trials_agree_with_metafor()
    {
        var expected = MetaforReference.Root.GetProperty("exact").GetProperty("bcg");
        var fit = ExactMetaAnalysis.Fit(MetaforReference.Counts("bcg"), new MetaAnalysisOptions());
        Assert.Equal(expected.GetProperty("estimate").GetDouble(), fit.Estimate, 1e-4);
        Assert.Equal(expected.GetProperty("se").GetDouble(), fit.StandardError, 1e-4);
        Assert.Equal(expected.GetProperty("tau2").GetDouble(), fit.Tau2, 1e-4);
        Assert.True(fit.Convergence.Converged);
    }

    // lme4 1.1 on R 4.2.2: glmer(cbind(e, n) ~ 0 + s + t + (0 + h | s), nAGQ = 25, h = t − ½) by bobyqa with rhoend = 1e-10, tolPwrss =
    // 1e-9. Its standard error comes from a differenced Hessian, hence the wider tolerance.
    [Fact]
    public void Vaccine_trials_agree_with_a_tightened_lme4()
    {
        var fit = ExactMetaAnalysis.Fit(MetaforReference.Counts("bcg"), new MetaAnalysisOptions());
        Assert.Equal(-0.7450041060, fit.Estimate, 2e-6);
        Assert.Equal(0.2948859420, fit.Tau2, 1e-6);
        Assert.Equal(0.1755525728, fit.StandardError, 2e-5);
    }

    [Fact]
    public void Sparse_studies_agree_with_metafor_and_need_no_correction()
    {
        var expected = MetaforReference.Root.GetProperty("exact").GetProperty("sparse");
        var fit = ExactMetaAnalysis.Fit(MetaforReference.Counts("sparse", leaveOut: 1), new MetaAnalysisOptions());
        Assert.Equal(expected.GetProperty("estimate").GetDouble(), fit.Estimate, 1e-4);
        Assert.Equal(expected.GetProperty("se").GetDouble(), fit.StandardError, 1e-4);
        Assert.Equal(0, fit.Tau2, 1e-8);
        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
        Assert.Equal(4, fit.Studies.Count);
        Assert.Contains(fit.Warnings, warning => warning.StartsWith("1 study with no event", StringComparison.Ordinal));
    }

    // At τ = 0 the model is the logistic regression of the events on study
    // and treatment, whose score equations are sums of observed − fitted.
    [Fact]
    public void Without_spread_between_studies_it_is_logistic_regression()
    {
        var counts = MetaforReference.Counts("sparse", leaveOut: 1);
        var fit = ExactMetaAnalysis.Fit(counts, new MetaAnalysisOptions());
        var excess = 0.0;
        foreach (var table in counts.Tables.Where(table => !table.IsDoubleZero))
        {
            var baseline = Baseline(table, fit.Estimate);
            excess += table.TreatmentEvents - (table.TreatmentTotal / (1 + Math.Exp(-baseline - fit.Estimate)));
        }

        Assert.Equal(0, excess, 1e-5);
    }

    // With thousands of events an arm the normal approximation is exact for all that matters.
    [Fact]
    public void Large_counts_give_the_normal_model()
    {
        double[] logOdds = [-1.2, -0.3, 0.4, -0.8, 0.1, -0.5];
        double[] control = [.. logOdds.Select(_ => 200_000.0)], controlRest = [.. logOdds.Select(_ => 300_000.0)];
        double[] treated =
            [.. logOdds.Select(x => Math.Round(500_000 / (1 + (1.5 * Math.Exp(-x)))))], treatedRest = [.. treated.Select(x => 500_000 - x)];
        var counts = StudyCounts.Read(
            new Dataset("large.csv", [
                new NumericColumn("a", treated),
                new NumericColumn("b", treatedRest),
                new NumericColumn("c", control),
                new NumericColumn("d", controlRest),
            ]),
            ("a", "b"),
            ("c", "d"),
            []);
        var exact = ExactMetaAnalysis.Fit(counts, new MetaAnalysisOptions());
        var normal = MetaAnalysis.Fit(
            counts.Effects(StudyMeasure.OddsRatio, new ZeroCells()),
            new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.MaximumLikelihood });
        Assert.Equal(normal.Estimate, exact.Estimate, 1e-4);
        Assert.Equal(normal.Tau2, exact.Tau2, 1e-4);
        Assert.Equal(normal.StandardError, exact.StandardError, 1e-4);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(normal.Shrunken[i].Estimate, exact.Shrunken[i].Estimate, 1e-4));
    }

    /// <summary>
    /// Twice the drop of the log-likelihood at both limits of τ² is the quantile:
    /// the model refitted by the generalized linear mixed model with τ held.
    /// </summary>
    [Fact]
    public void The_interval_of_the_spread_is_where_the_likelihood_ratio_is_the_cutoff()
    {
        var options = new MetaAnalysisOptions();
        var interval = ExactMetaAnalysis.Fit(MetaforReference.Counts("bcg"), options).Tau2Interval!.Value;
        var studies = ExactStudies.Of(MetaforReference.Counts("bcg"));
        var free = GlmmFitter.Fit(studies.Frame(), new GlmmOptions { Family = Family.Binomial, Nodes = 25 });
        Assert.InRange(free.RandomEffects[0].Covariance[0], interval.Lower, interval.Upper);
        foreach (var limit in new[] { interval.Lower, interval.Upper })
        {
            var ratio = 2 * (free.LogLikelihood - ProfiledLikelihood(studies, Math.Sqrt(limit)));
            Assert.Equal(3.841459, ratio, 1e-3);
        }
    }

    [Fact]
    public void Without_a_study_it_is_the_analysis_of_the_others()
    {
        var counts = MetaforReference.Counts("bcg");
        var left = Diagnostics.LeaveOneOut.Fits(counts, new MetaAnalysisOptions());
        Assert.Equal(13, left.Count);
        var others = ExactMetaAnalysis.Fit(MetaforReference.Counts("bcg", leaveOut: 1), new MetaAnalysisOptions());
        Assert.Equal(others.Estimate, left[^1].Estimate, 1e-9);
        Assert.Equal(others.Tau2, left[^1].Tau2, 1e-9);
        Assert.Null(left[^1].Tau2Interval);
    }

    [Fact]
    public void Fractions_of_people_are_refused()
    {
        var data = new Dataset("half.csv", [
            new NumericColumn("a", [1.5, 2]),
            new NumericColumn("b", [3, 3]),
            new NumericColumn("c", [2, 2]),
            new NumericColumn("d", [5, 5]),
        ]);
        var error = Assert.Throws<InputException>(() => ExactMetaAnalysis.Fit(
            StudyCounts.Read(data, ("a", "b"), ("c", "d"), []),
            new MetaAnalysisOptions()));
        Assert.Equal("Study \"1\" has the count 1.5; the exact model needs whole numbers.", error.Message);
    }

    private static double Baseline(TwoByTwo table, double effect)
    {
        double low = -30, high = 30;
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            var fitted = (table.TreatmentTotal / (1 + Math.Exp(-middle - effect))) + (table.ControlTotal / (1 + Math.Exp(-middle)));
            (low, high) = fitted < table.TreatmentEvents + table.ControlEvents ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// The log-likelihood with τ held: each study integrated by the midpoint rule, its intercept by a search, μ by another.
    /// </summary>
    private static double ProfiledLikelihood(ExactStudies studies, double tau)
    {
        double Total(double mean) => studies.Arms.Sum(arms => -GoldenMinimum(-30, 30, intercept => -Study(arms, intercept, mean, tau)));
        return -GoldenMinimum(-3, 3, mean => -Total(mean));
    }

    private static double Study(
        (double TreatedEvents, double Treated, double ControlEvents, double Control) arms,
        double intercept,
        double mean,
        double tau)
    {
        const int Points = 160;
        var (sum, largest) = (0.0, double.NegativeInfinity);
        var logs = new double[Points];
        for (var k = 0; k < Points; k++)
        {
            var z = -8 + ((k + 0.5) * 16 / Points);
            logs[k] = Binomial(
                arms.TreatedEvents,
                arms.Treated,
                intercept + mean + (tau * z / 2)) + Binomial(arms.ControlEvents, arms.Control, intercept - (tau * z / 2)) - (z * z / 2);
            largest = Math.Max(largest, logs[k]);
        }

        foreach (var value in logs)
        {
            sum += Math.Exp(value - largest);
        }

        var constants = MathNet.Numerics.SpecialFunctions.BinomialLn(
            (int)arms.Treated,
            (int)arms.TreatedEvents) + MathNet.Numerics.SpecialFunctions.BinomialLn((int)arms.Control, (int)arms.ControlEvents);
        return constants + largest + Math.Log(sum * 16 / Points / Math.Sqrt(2 * Math.PI));
    }

    private static double Binomial(double events, double total, double logit) =>
        (events * logit) - (total * (Math.Max(0, logit) + Math.Log(1 + Math.Exp(-Math.Abs(logit)))));

    private static double GoldenMinimum(double low, double high, Func<double, double> function)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (a, b) = (high - (ratio * (high - low)), low + (ratio * (high - low)));
        var (fa, fb) = (function(a), function(b));
        while (high - low > 1e-5)
        {
            if (fa < fb)
            {
                (high, b, fb) = (b, a, fa);
                a = high - (ratio * (high - low));
                fa = function(a);
            }
            else
            {
                (low, a, fa) = (a, b, fb);
                b = low + (ratio * (high - low));
                fb = function(b);
            }
        }

        return Math.Min(fa, fb);
    }
}
