using System.Text.Json;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;

namespace MarginalConditional.Meta.Tests;

/// <summary>The cases meta_* of tests/reference; source metafor 3.8.1.</summary>
/// <remarks>Ten times the tolerance of the case: metafor's default root search for PM stops at an interval of 1.2e-4 (its τ² is 4e-5 off);
/// <see cref="MetaforGolden"/> holds the same estimators to 1e-8 with metafor's searches tightened.</remarks>
public sealed class ReferenceCaseGolden
{
    [Theory]
    [InlineData("meta_bcg_rr_dl")]
    [InlineData("meta_bcg_rr_pm")]
    [InlineData("meta_bcg_rr_ml")]
    [InlineData("meta_bcg_rr_reml")]
    public void Case_holds(string name)
    {
        var text = File.ReadAllText(ReferenceFiles.Beside("reference", "cases", name + ".json"));
        using var document = JsonDocument.Parse(text);
        var expected = document.RootElement.GetProperty("expected");
        var tolerance = document.RootElement.GetProperty("tolerance").GetDouble() * 10;
        var estimator = HeterogeneityEstimator.All.Single(e => e.Code == document.RootElement.GetProperty("method").GetString());

        var fit = MetaAnalysis.Fit(
            MetaforReference.Effects("bcg", StudyMeasure.RiskRatio),
            new MetaAnalysisOptions { Estimator = estimator });

        Near("estimate", fit.Estimate);
        Near("se", fit.StandardError);
        Near("lower", fit.ConfidenceInterval.Lower);
        Near("upper", fit.ConfidenceInterval.Upper);
        Near("tau2", fit.Tau2);
        Near("i2", fit.I2);
        Near("q", fit.Q);
        Near("q_df", fit.QDegreesOfFreedom);
        Near("prediction_lower", fit.PredictionInterval.Lower);
        Near("prediction_upper", fit.PredictionInterval.Upper);
        All("yi", i => fit.Studies.Estimates[i]);
        All("vi", i => fit.Studies.Variances[i]);
        All("blup", i => fit.Shrunken[i].Estimate);
        All("blup_se", i => fit.Shrunken[i].StandardError);

        void Near(string key, double actual)
        {
            var want = expected.GetProperty(key).GetDouble();
            Assert.True(Math.Abs(actual - want) <= tolerance * Math.Max(1, Math.Abs(want)), $"{key}: {actual:R}, expected {want:R}");
        }

        void All(string key, Func<int, double> actual)
        {
            var want = expected.Numbers(key);
            Assert.Equal(fit.Studies.Count, want.Length);
            Assert.All(Enumerable.Range(0, want.Length), i => Assert.Equal(want[i], actual(i), tolerance));
        }
    }
}
