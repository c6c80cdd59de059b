using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Meta;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Tests.Meta;

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

    // lme4 1.1 on R 4.2.2: glmer(cbind(e, n) ~ 0 + s + t + (0 + h | s), nAGQ = 25, h = t − ½) by bobyqa with rhoend = 1e-10, tolPwrss = 1e-9.
    // Its standard error comes from a differenced Hessian, hence the wider tolerance.
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
        Assert.Contains(fit.Warnings, warning => warning.StartsWith("1 studies with no event", StringComparison.Ordinal));
    }

    // At τ = 0 the model is the logistic regression of the events on study and treatment, whose score equations are sums of observed − fitted.
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
        double[] treated = [.. logOdds.Select(x => Math.Round(500_000 / (1 + (1.5 * Math.Exp(-x)))))], treatedRest = [.. treated.Select(x => 500_000 - x)];
        var counts = StudyCounts.Read(
            new Dataset("large.csv", [new NumericColumn("a", treated), new NumericColumn("b", treatedRest), new NumericColumn("c", control), new NumericColumn("d", controlRest)]),
            ("a", "b"),
            ("c", "d"),
            []);
        var exact = ExactMetaAnalysis.Fit(counts, new MetaAnalysisOptions());
        var normal = MetaAnalysis.Fit(counts.Effects(EffectMeasure.OddsRatio, new ZeroCells()), new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.MaximumLikelihood });
        Assert.Equal(normal.Estimate, exact.Estimate, 1e-4);
        Assert.Equal(normal.Tau2, exact.Tau2, 1e-4);
        Assert.Equal(normal.StandardError, exact.StandardError, 1e-4);
        Assert.All(Enumerable.Range(0, 6), i => Assert.Equal(normal.Shrunken[i].Estimate, exact.Shrunken[i].Estimate, 1e-4));
    }

    [Fact]
    public void Fractions_of_people_are_refused()
    {
        var data = new Dataset("half.csv", [new NumericColumn("a", [1.5, 2]), new NumericColumn("b", [3, 3]), new NumericColumn("c", [2, 2]), new NumericColumn("d", [5, 5])]);
        var error = Assert.Throws<InputException>(() => ExactMetaAnalysis.Fit(StudyCounts.Read(data, ("a", "b"), ("c", "d"), []), new MetaAnalysisOptions()));
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
}
