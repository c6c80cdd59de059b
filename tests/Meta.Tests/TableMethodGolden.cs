using System.Text.Json;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Tables;

namespace MarginalConditional.Meta.Tests;

/// <summary>Source: metafor 3.8-1 on R 4.2.2 (rma.mh, rma.peto, escalc, rma, rma.glmm), by moderators.R.</summary>
public sealed class TableMethodGolden
{
    private static JsonElement Root => MetaRegressionGolden.Root;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Mantel_Haenszel_agrees_with_metafor(int index)
    {
        var expected = Root.GetProperty("mantelHaenszel")[index];
        var measure = (StudyMeasure.CountMeasure)StudyMeasure.All.Single(one => one.Code == expected.GetProperty("measure").GetString());
        var fit = MantelHaenszel.Fit(
            MetaforReference.Counts(expected.GetProperty("table").GetString()!), measure, new MetaAnalysisOptions());
        Same(expected, "estimate", fit.Estimate);
        Same(expected, "se", fit.StandardError);
        Same(expected, "lower", fit.ConfidenceInterval.Lower);
        Same(expected, "upper", fit.ConfidenceInterval.Upper);
        Same(expected, "p", fit.PValue);
        Same(expected, "cmh", fit.StratifiedTests?.Association);
        Same(expected, "cmhP", fit.StratifiedTests?.AssociationPValue);
        Same(expected, "bd", fit.StratifiedTests?.BreslowDay);
        Same(expected, "tarone", fit.StratifiedTests?.Tarone);
        Same(expected, "taroneP", fit.StratifiedTests?.TaronePValue);
        Assert.Equal(1, fit.Shrunken.ToArray().Sum(study => study.PoolingWeight!.Value), 12);
        if (measure.IsLogarithmic)
        {
            // metafor leaves studies without events out of the sum for differences too.
            Same(expected, "QE", fit.Q);
            Same(expected, "QEp", fit.QPValue);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Mantel_Haenszel_of_rates_agrees_with_metafor(int index)
    {
        var expected = Root.GetProperty("mantelHaenszelRates")[index];
        var person = Root.GetProperty("person");
        string[] names = ["x1", "t1", "x2", "t2"];
        var data = new Dataset("person.csv", [.. names.Select(name => new NumericColumn(name, person.Numbers(name)))]);
        var measure = (StudyMeasure.RateMeasure)StudyMeasure.All.Single(one => one.Code == expected.GetProperty("measure").GetString());
        var fit = MantelHaenszel.Fit(StudyRates.Read(data, ("x1", "t1"), ("x2", "t2"), []), measure, new MetaAnalysisOptions());
        Same(expected, "estimate", fit.Estimate);
        Same(expected, "se", fit.StandardError);
        Same(expected, "p", fit.PValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Peto_agrees_with_metafor(int index)
    {
        var expected = Root.GetProperty("peto")[index];
        var fit = Peto.Fit(MetaforReference.Counts(expected.GetProperty("table").GetString()!), new MetaAnalysisOptions());
        Same(expected, "estimate", fit.Estimate);
        Same(expected, "se", fit.StandardError);
        Same(expected, "p", fit.PValue);
        Same(expected, "q", fit.Q);
        Same(expected, "qp", fit.QPValue);
    }

    [Theory]
    [InlineData("arms", 5)]
    [InlineData("rates", 4)]
    public void Single_arms_agree_with_metafor(string list, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var expected = Root.GetProperty(list)[i];
            var measure = (StudyMeasure.ArmMeasure)StudyMeasure.All.Single(one => one.Code == expected.GetProperty("measure").GetString());
            var studies = Arms(list == "rates").Effects(measure, new ZeroCells());
            for (var study = 0; study < studies.Count; study++)
            {
                Assert.Equal(expected.Numbers("yi")[study], studies.Estimates[study], 12);
                Assert.Equal(expected.Numbers("vi")[study], studies.Variances[study], 12);
            }

            var fit = MetaAnalysis.Fit(studies, new MetaAnalysisOptions());
            Same(expected, "estimate", fit.Estimate);
            Same(expected, "se", fit.StandardError);
            Same(expected, "tau2", fit.Tau2);
        }
    }

    [Theory]
    [InlineData("armGlmm", false)]
    [InlineData("rateGlmm", true)]
    public void Exact_models_of_one_arm_agree_with_metafor(string name, bool isRate)
    {
        var expected = Root.GetProperty(name);
        var fit = ExactMetaAnalysis.Fit(Arms(isRate), new MetaAnalysisOptions());

        // rma.glmm calls lme4, whose standard errors come from differences.
        Assert.Equal(expected.GetProperty("estimate").GetDouble(), fit.Estimate, 4);
        Assert.Equal(expected.GetProperty("se").GetDouble(), fit.StandardError, 3);
        Assert.Equal(expected.GetProperty("tau2").GetDouble(), fit.Tau2, 3);
    }

    [Fact]
    public void Freeman_and_Tukeys_mean_is_taken_back_at_the_harmonic_mean_as_in_metafor_and_says_what_other_sizes_would_give()
    {
        var expected = Root.GetProperty("freemanTukey");
        var fit = MetaAnalysis.Fit(Arms(false).Effects(StudyMeasure.DoubleArcsineProportion, new ZeroCells()), new MetaAnalysisOptions());
        Same(expected, "harmonic", fit.Studies.TypicalSize);
        Same(expected, "back", fit.Studies.Natural(fit.Estimate));
        Assert.Contains("at the harmonic mean of the sizes", Assert.Single(fit.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLO")]
    [InlineData("PLN")]
    [InlineData("PR")]
    [InlineData("PAS")]
    [InlineData("PFT")]
    [InlineData("IRLN")]
    [InlineData("IR")]
    [InlineData("IRS")]
    [InlineData("IRFT")]
    public void Effects_of_one_arm_are_taken_back_to_what_they_came_from(string code)
    {
        var measure = (StudyMeasure.ArmMeasure)StudyMeasure.All.Single(one => one.Code == code);
        foreach (var (events, size) in new[] { (1.0, 9.0), (7, 30), (499, 1000), (980, 1000) })
        {
            Assert.Equal(events / size, measure.Natural(measure.Of(events, size).Estimate, size), 10);
        }
    }

    [Fact]
    public void Breslow_and_Days_fitted_tables_have_the_common_odds_ratio()
    {
        var tables = MetaforReference.Counts("bcg").Tables;
        const double Psi = 0.4;
        var distance = 0.0;
        foreach (var table in tables)
        {
            double n = table.TreatmentTotal, m = table.ControlTotal, events = table.TreatmentEvents + table.ControlEvents;
            double low = Math.Max(0, events - m), high = Math.Min(n, events);
            for (var turn = 0; turn < 200; turn++)
            {
                var a = (low + high) / 2;
                (low, high) = a * (m - events + a) < Psi * (n - a) * (events - a) ? (a, high) : (low, a);
            }

            var fitted = (low + high) / 2;
            distance += Math.Pow(table.TreatmentEvents - fitted, 2)
                * ((1 / fitted) + (1 / (n - fitted)) + (1 / (events - fitted)) + (1 / (m - events + fitted)));
        }

        Assert.Equal(distance, TableTests.Of(tables, Psi).BreslowDay!.Value, 8);
    }

    internal static StudyArms Arms(bool isRate)
    {
        var columns = Root.GetProperty(isRate ? "time" : "arm");
        var second = isRate ? "t" : "n";
        var data = new Dataset(
            "arm.csv", [new NumericColumn("x", columns.Numbers("x")), new NumericColumn(second, columns.Numbers(second))]);
        return StudyArms.Read(data, "x", second, isTotal: true, isRate, []);
    }

    private static void Same(JsonElement expected, string name, double? value)
    {
        if (expected.TryGetProperty(name, out var entry) && entry.ValueKind == JsonValueKind.Number)
        {
            var want = entry.GetDouble();
            Assert.True(Math.Abs(value!.Value - want) <= 1e-8 * Math.Max(1e-2, Math.Abs(want)), $"{name}: {value:R} for {want:R}");
        }
    }
}
