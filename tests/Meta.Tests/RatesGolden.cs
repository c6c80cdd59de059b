using System.Text.Json;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Meta.Tests;

/// <summary>The numbers of rates.R: escalc, rma and rma.glmm of metafor 3.8-1 on events and person-time.</summary>
public sealed class RatesGolden
{
    private static readonly Lazy<JsonElement> Root =
        new(() => JsonDocument.Parse(File.ReadAllText(ReferenceFiles.Beside("Meta.Tests", "rates.json"))).RootElement);

    [Theory]
    [InlineData("hart", 0)]
    [InlineData("hart", 1)]
    [InlineData("catheters", 0)]
    [InlineData("sparse", 0)]
    [InlineData("sparse", 1)]
    [InlineData("sparse", 2)]
    [InlineData("sparse", 3)]
    public void Effects_and_their_mean_agree(string table, int index)
    {
        var expected = Root.Value.GetProperty("cases").GetProperty(table)[index];
        var measure = (StudyMeasure.RateMeasure)StudyMeasure.All.Single(m => m.Code == expected.GetProperty("measure").GetString());
        var rule = ZeroCellRule.All.Single(r => r.Code == expected.GetProperty("rule").GetString());
        var studies = Rates(table).Effects(measure, new ZeroCells { Rule = rule });
        var (y, v) = (expected.Numbers("yi"), expected.Numbers("vi"));
        for (var i = 0; i < y.Length; i++)
        {
            Assert.Equal(y[i], studies.Estimates[i], 1e-12);
            Assert.Equal(v[i], studies.Variances[i], 1e-12);
        }

        var fit = MetaAnalysis.Fit(studies, new MetaAnalysisOptions());
        Assert.Equal(expected.GetProperty("estimate").GetDouble(), fit.Estimate, 1e-7);
        Assert.Equal(expected.GetProperty("se").GetDouble(), fit.StandardError, 1e-7);
        Assert.Equal(expected.GetProperty("tau2").GetDouble(), fit.Tau2, 1e-7);
    }

    /// <summary>
    /// rma.glmm(measure = "IRR", model = "UM.FS", nAGQ = 25) stops lme4's derivative-free search at its default tolerance, hence 1e-4.
    /// </summary>
    [Theory]
    [InlineData("hart", 0)]
    [InlineData("catheters", 0)]
    [InlineData("sparse", 1)]
    public void The_exact_model_agrees(string table, int uninformative)
    {
        var expected = Root.Value.GetProperty("exact").GetProperty(table);
        var fit = ExactMetaAnalysis.Fit(Rates(table), new MetaAnalysisOptions());
        Assert.Equal(expected.GetProperty("estimate").GetDouble(), fit.Estimate, 1e-4);
        Assert.Equal(expected.GetProperty("se").GetDouble(), fit.StandardError, 2e-4);
        Assert.Equal(expected.GetProperty("tau2").GetDouble(), fit.Tau2, 1e-4);
        Assert.Equal(Rates(table).Arms.Count - uninformative, fit.Studies.Count);
        Assert.Equal("exact Poisson-normal model", fit.MethodName);
    }

    [Fact]
    public void One_study_without_events_is_counted_in_the_singular()
    {
        var fit = ExactMetaAnalysis.Fit(Rates("sparse"), new MetaAnalysisOptions());
        Assert.Contains(
            "1 study with no event (or nothing but events) in both arms says nothing about the ratio and was left out.",
            fit.Warnings);
        Assert.Equal(ConvergenceStatus.Boundary, fit.Convergence.Status);
    }

    private static StudyRates Rates(string table)
    {
        var columns = Root.Value.GetProperty("tables").GetProperty(table);
        string[] names = ["x1i", "t1i", "x2i", "t2i"];
        return StudyRates.Read(
            new Dataset(table + ".csv", [.. names.Select(name => new NumericColumn(name, columns.Numbers(name)))]),
            ("x1i", "t1i"),
            ("x2i", "t2i"),
            []);
    }
}
