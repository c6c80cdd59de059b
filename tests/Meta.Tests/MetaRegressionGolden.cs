using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;
using MarginalConditional.Meta.Regression;

namespace MarginalConditional.Meta.Tests;

/// <summary>Source: metafor 3.8-1 and clubSandwich 0.5.8 on R 4.2.2, by moderators.R.</summary>
public sealed class MetaRegressionGolden
{
    /// <summary>Iterations of metafor stop at a change of 1e-11 in τ².</summary>
    private const double Tolerance = 1e-8;

    /// <summary>The optimizer of rma.mv stops at a relative change of 1e-9 of the likelihood, which leaves its variances to 1e-5.</summary>
    private const double Searched = 2e-5;

    private static readonly Lazy<JsonElement> Document =
        new(() => ReferenceFiles.Json(ReferenceFiles.Beside("Meta.Tests", "moderators.json")));

    public static TheoryData<int> Regressions =>
        [.. Enumerable.Range(0, Document.Value.GetProperty("regressions").GetArrayLength())];

    internal static JsonElement Root => Document.Value;

    [Theory]
    [MemberData(nameof(Regressions))]
    public void Regressions_of_the_vaccine_trials_agree_with_metafor(int index)
    {
        var expected = Root.GetProperty("regressions")[index];
        var formula = expected.GetProperty("formula").GetString()!;
        var fit = MetaRegression.Fit(Vaccine(formula), new MetaAnalysisOptions
        {
            Estimator = HeterogeneityEstimator.All.Single(one => one.Code == expected.GetProperty("method").GetString()),
            Interval = expected.GetProperty("test").GetString() switch
            {
                "knha" => MeanInterval.HartungKnapp,
                "adhoc" => MeanInterval.HartungKnappAdHoc,
                _ => MeanInterval.Wald,
            },
        });

        var rows = fit.Coefficients;
        Close(expected.Numbers("estimate"), [.. rows.Select(row => row.Estimate)], Tolerance);
        Close(expected.Numbers("se"), [.. rows.Select(row => row.StandardError)], Tolerance);
        Close(expected.Numbers("p"), [.. rows.Select(row => row.PValue)], 1e-7);
        Close(expected.Numbers("lower"), [.. rows.Select(row => row.Lower)], Tolerance);
        Close(expected.Numbers("upper"), [.. rows.Select(row => row.Upper)], Tolerance);
        var x = fit.Coefficients.Count == 2 ? new double[] { 1, 30 } : [1, 30, 0, 1];
        var prediction = fit.Predict(x);
        Same("tau2", fit.Tau2);
        Same("QE", fit.ResidualQ);
        Same("QEp", fit.ResidualPValue);
        Same("QM", fit.ModeratorTest!.Statistic);
        Same("QMp", fit.ModeratorTest.PValue);
        if (fit.IsRandom)
        {
            Same("I2", fit.I2);
            Same("H2", fit.H2);
            Same("R2", fit.R2 ?? double.NaN);
            Same("piLower", prediction.PredictionInterval.Lower);
            Same("piUpper", prediction.PredictionInterval.Upper);
        }

        Same("pred", prediction.Estimate);
        Same("predSe", prediction.StandardError);
        Same("predLower", prediction.ConfidenceInterval.Lower);
        Same("predUpper", prediction.ConfidenceInterval.Upper);

        void Same(string name, double value)
        {
            if (expected.GetProperty(name).ValueKind == JsonValueKind.Number)
            {
                var want = expected.GetProperty(name).GetDouble();
                Assert.True(Math.Abs(value - want) <= Tolerance * 10 * Math.Max(1, Math.Abs(want)), $"{name}: {value} for {want}");
            }
        }
    }

    [Theory]
    [InlineData("nested", "1 + (1 | district / school)", "REML")]
    [InlineData("nestedMl", "1 + (1 | district / school)", "ML")]
    [InlineData("district", "1 + (1 | district)", "REML")]
    [InlineData("moderated", "y1 + y2 + (1 | district / school)", "REML")]
    public void Several_effects_a_study_agree_with_metafor_and_clubSandwich(string name, string formula, string method)
    {
        var expected = Root.GetProperty("multilevel").GetProperty(name);
        var options = new MetaAnalysisOptions { Estimator = HeterogeneityEstimator.All.Single(one => one.Code == method) };
        var fit = MetaRegression.Fit(Schools(formula, null), options);
        Assert.True(fit.Convergence.Converged);
        Close(Numbers(expected, "estimate"), [.. fit.Coefficients.Select(row => row.Estimate)], Searched);
        Close(Numbers(expected, "se"), [.. fit.Coefficients.Select(row => row.StandardError)], Searched);
        Close(Numbers(expected, "sigma2"), [.. fit.Components.Select(component => component.Variance)], Searched);
        Close([expected.GetProperty("logLik").GetDouble()], [fit.LogLikelihood!.Value], 1e-8);
        Close([expected.GetProperty("QE").GetDouble()], [fit.ResidualQ], 1e-8);

        if (expected.GetProperty("profile").ValueKind == JsonValueKind.Array)
        {
            Close(
                expected.Numbers("profile"),
                [.. ComponentProfiles.Of(fit).SelectMany(interval => new[] { interval.Lower, interval.Upper })],
                1e-4);
        }

        var robust = MetaRegression.Fit(Schools(formula, "district"), options);
        Close(Numbers(expected, "robustSe"), [.. robust.Coefficients.Select(row => row.StandardError)], Searched);
        Close(Numbers(expected, "robustDf"), [.. robust.Coefficients.Select(row => row.DegreesOfFreedom!.Value)], 1e-4);
        Assert.Equal(11, robust.Clusters);
        if (expected.TryGetProperty("htzF", out var statistic))
        {
            Close([expected.GetProperty("QM").GetDouble()], [fit.ModeratorTest!.Statistic], 1e-4);
            Close([statistic.GetDouble()], [robust.ModeratorTest!.Statistic], 1e-4);
            Close([expected.GetProperty("htzDf").GetDouble()], [robust.ModeratorTest.DenominatorDegreesOfFreedom!.Value], 1e-4);
            Close([expected.GetProperty("htzP").GetDouble()], [robust.ModeratorTest.PValue], 1e-4);
        }
    }

    [Fact]
    public void Robust_variances_of_one_variance_agree_with_clubSandwich()
    {
        var expected = Root.GetProperty("plain");
        var fit = MetaRegression.Fit(Schools("y1", "district"), new MetaAnalysisOptions());
        Close(expected.Numbers("estimate"), [.. fit.Coefficients.Select(row => row.Estimate)], Tolerance);
        Close(expected.Numbers("robustSe"), [.. fit.Coefficients.Select(row => row.StandardError)], Tolerance);
        Close(expected.Numbers("robustDf"), [.. fit.Coefficients.Select(row => row.DegreesOfFreedom!.Value)], 1e-7);
    }

    internal static ModeratedStudies Vaccine(string formula)
    {
        var bcg = Root.GetProperty("bcg");
        string[] alloc = [.. bcg.GetProperty("alloc").EnumerateArray().Select(one => one.GetString()!)];
        return Moderated(bcg, formula, null, new NumericColumn("ablat", bcg.Numbers("ablat")), Text("alloc", alloc));
    }

    internal static ModeratedStudies Schools(string formula, string? cluster)
    {
        var data = Root.GetProperty("konstantopoulos");
        return Moderated(
            data,
            formula,
            cluster,
            [.. new[] { "district", "school", "y1", "y2" }.Select(name => new NumericColumn(name, data.Numbers(name)))]);
    }

    internal static ModeratedStudies Moderated(JsonElement effects, string formula, string? cluster, params Column[] columns)
    {
        var y = effects.Numbers("yi");
        var studies = new StudyEffects([.. y.Select((_, i) => $"study {i}")], y, effects.Numbers("vi"), StudyMeasure.Given)
        {
            Rows = [.. Enumerable.Range(0, y.Length)],
        };
        var request = new FrameRequest { Formula = FormulaParser.Parse($"{ModeratedStudies.ResponseName} ~ {formula}") };
        return ModeratedStudies.Of(studies, new Dataset("data.csv", columns), request, cluster);
    }

    /// <summary>R writes a vector of one number as a number.</summary>
    private static double[] Numbers(JsonElement element, string name) =>
        element.GetProperty(name).ValueKind == JsonValueKind.Array ? element.Numbers(name) : [element.GetProperty(name).GetDouble()];

    private static FactorColumn Text(string name, string[] values)
    {
        string[] levels = [.. values.Distinct().Order(StringComparer.Ordinal)];
        return new FactorColumn(name, [.. values.Select(value => Array.IndexOf(levels, value))], levels);
    }

    private static void Close(double[] expected, double[] got, double tolerance)
    {
        Assert.Equal(expected.Length, got.Length);
        for (var i = 0; i < got.Length; i++)
        {
            Assert.True(
                Math.Abs(got[i] - expected[i]) <= tolerance * Math.Max(1e-2, Math.Abs(expected[i])),
                $"{i}: {got[i]:R} for {expected[i]:R}");
        }
    }
}
