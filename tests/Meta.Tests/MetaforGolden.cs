using System.Text.Json;
using MarginalConditional.Meta.Diagnostics;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Heterogeneity;
using MarginalConditional.Meta.Pooling;

namespace MarginalConditional.Meta.Tests;

/// <summary>
/// Source: metafor 3.8-1 on R 4.2.2, by metafor.R. metafor's iterations stop at a change of 1e-11 in τ² or 1e-12 in a root, hence 1e-8.
/// </summary>
public sealed class MetaforGolden
{
    private const double Tolerance = 1e-8;

    public static TheoryData<int> Fits
    {
        get
        {
            var data = new TheoryData<int>();
            for (var i = 0; i < MetaforReference.Root.GetProperty("fits").GetArrayLength(); i++)
            {
                data.Add(i);
            }

            return data;
        }
    }

    [Theory]
    [InlineData("bcg_OR")]
    [InlineData("bcg_RR")]
    [InlineData("bcg_RD")]
    [InlineData("sparse_OR_only0")]
    [InlineData("sparse_RR_only0")]
    [InlineData("sparse_RD_only0")]
    [InlineData("sparse_OR_all")]
    [InlineData("sparse_RR_all")]
    [InlineData("sparse_RD_all")]
    [InlineData("sparse_OR_if0all")]
    [InlineData("sparse_RR_if0all")]
    [InlineData("sparse_RD_if0all")]
    public void Effects_of_counts_agree(string name)
    {
        var expected = MetaforReference.Root.GetProperty("effects").GetProperty(name);
        var table = MetaforReference.Root.GetProperty("tables").GetProperty(expected.GetProperty("table").GetString()!);
        double[] a = table.Numbers("a"), b = table.Numbers("b"), c = table.Numbers("c"), d = table.Numbers("d");
        var measure = (StudyMeasure.CountMeasure)StudyMeasure.All.Single(m => m.Code == expected.GetProperty("measure").GetString());
        var rule = ZeroCellRule.All.Single(r => r.Code == expected.GetProperty("rule").GetString());

        var tables = new ZeroCells { Rule = rule }.Apply([.. a.Select((_, i) => new TwoByTwo(a[i], b[i], c[i], d[i]))]);
        var effects = tables.Select(measure.Of).ToArray();

        AssertClose(expected.Numbers("yi"), [.. effects.Select(e => e.Estimate)], 1e-13);
        AssertClose(expected.Numbers("vi"), [.. effects.Select(e => e.Variance)], 1e-13);
    }

    [Theory]
    [InlineData("normand_MD")]
    [InlineData("normand_SMD")]
    public void Effects_of_means_agree(string set)
    {
        var expected = MetaforReference.Root.GetProperty("effects").GetProperty(set);
        var table = MetaforReference.Root.GetProperty("tables").GetProperty("normand");
        var measure = (StudyMeasure.SummaryMeasure)StudyMeasure.All.Single(m => m.Code == expected.GetProperty("measure").GetString());
        double[][] columns = [.. new[] { "m1", "s1", "n1", "m2", "s2", "n2" }.Select(name => table.Numbers(name))];

        var effects = columns[0].Select((_, i) => measure.Of(
            new ArmSummary(columns[0][i], columns[1][i], columns[2][i]), new ArmSummary(columns[3][i], columns[4][i], columns[5][i])))
                .ToArray();

        // metafor's own gamma function limits the agreement of the bias correction.
        AssertClose(expected.Numbers("yi"), [.. effects.Select(e => e.Estimate)], 1e-12);
        AssertClose(expected.Numbers("vi"), [.. effects.Select(e => e.Variance)], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Fits_agree(int index)
    {
        var reference = MetaforReference.Root.GetProperty("fits")[index];
        var expected = reference.GetProperty("expected");
        var fit = MetaAnalysis.Fit(MetaforReference.Studies(reference.GetProperty("data").GetString()!), new MetaAnalysisOptions
        {
            Estimator = HeterogeneityEstimator.All.Single(e => e.Code == reference.GetProperty("method").GetString()),
            Interval = reference.GetProperty("test").GetString() switch
            {
                "knha" =>
                MeanInterval.HartungKnapp,
                "adhoc" => MeanInterval.HartungKnappAdHoc,
                _ => MeanInterval.Wald
            },
            Level = reference.GetProperty("level").GetDouble() / 100,
            StudentPrediction = reference.GetProperty("prediction").GetString() == "riley",
        });

        Assert.True(fit.Convergence.Converged);
        var got = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["estimate"] = fit.Estimate,
            ["se"] = fit.StandardError,
            ["statistic"] = fit.Statistic,
            ["p"] = fit.PValue,
            ["lower"] = fit.ConfidenceInterval.Lower,
            ["upper"] = fit.ConfidenceInterval.Upper,
            ["tau2"] = fit.Tau2,
            ["q"] = fit.Q,
            ["qp"] = fit.QPValue,
            ["i2"] = fit.I2,
            ["h2"] = fit.H2,
            ["prediction_lower"] = fit.PredictionInterval.Lower,
            ["prediction_upper"] = fit.PredictionInterval.Upper,
            ["tau2_lower"] = fit.Tau2Interval!.Value.Lower,
            ["tau2_upper"] = fit.Tau2Interval!.Value.Upper,
            ["i2_lower"] = fit.I2At(fit.Tau2Interval!.Value.Lower),
            ["i2_upper"] = fit.I2At(fit.Tau2Interval!.Value.Upper),
        };
        foreach (var (name, value) in got)
        {
            if (expected.TryGetProperty(name, out var want))
            {
                AssertClose([want.GetDouble()], [value], Tolerance, name);
            }
        }

        AssertClose(expected.Numbers("weights"), [.. fit.Shrunken.ToArray().Select(s => s.PoolingWeight!.Value)], Tolerance, "weights");
        if (fit.Options.Estimator.IsRandom)
        {
            AssertClose(expected.Numbers("blup"), [.. fit.Shrunken.ToArray().Select(s => s.Estimate)], Tolerance, "blup");
            AssertClose(expected.Numbers("blup_se"), [.. fit.Shrunken.ToArray().Select(s => s.StandardError)], Tolerance, "blup_se");
            AssertClose(expected.Numbers("blup_lower"), [.. fit.Shrunken.ToArray().Select(s => s.Interval.Lower)], Tolerance, "blup_lower");
            AssertClose(expected.Numbers("blup_upper"), [.. fit.Shrunken.ToArray().Select(s => s.Interval.Upper)], Tolerance, "blup_upper");
        }
    }

    [Fact]
    public void Leaving_one_study_out_agrees()
    {
        var expected = MetaforReference.Root.GetProperty("leaveOneOut");
        var fits = LeaveOneOut.Fits(MetaAnalysis.Fit(MetaforReference.Studies("bcg_OR"), new MetaAnalysisOptions()));
        AssertClose(expected.Numbers("estimate"), [.. fits.Select(f => f.Estimate)], Tolerance);
        AssertClose(expected.Numbers("se"), [.. fits.Select(f => f.StandardError)], Tolerance);
        AssertClose(expected.Numbers("tau2"), [.. fits.Select(f => f.Tau2)], Tolerance);
        AssertClose(expected.Numbers("i2"), [.. fits.Select(f => f.I2)], Tolerance);
    }

    [Theory]
    [InlineData("bcg_OR")]
    [InlineData("normand_SMD")]
    public void Regression_test_of_the_funnel_agrees(string name)
    {
        var expected = MetaforReference.Root.GetProperty("egger").GetProperty(name);
        var test = FunnelAsymmetry.Test(MetaforReference.Studies(name))!;
        Assert.Equal(expected.GetProperty("df").GetInt32(), test.DegreesOfFreedom);
        AssertClose(
            [expected.GetProperty("z").GetDouble(), expected.GetProperty("p").GetDouble(), expected
                .GetProperty("limit")
                .GetDouble(), expected.GetProperty("limit_lower").GetDouble(), expected.GetProperty("limit_upper").GetDouble()],
            [test.Statistic, test.PValue, test.Limit, test.LimitInterval.Lower, test.LimitInterval.Upper],
            1e-9);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance, string what = "")
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(Math.Abs(expected[i]), 1e-8),
                $"{what}[{i}]: {actual[i]:R}, expected {expected[i]:R}");
        }
    }
}
