using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;
using MarginalConditional.Meta.Effects;
using MarginalConditional.Meta.Exact;
using MarginalConditional.Meta.Regression;

namespace MarginalConditional.Meta.Tests;

/// <summary>Source: glmer of lme4 1.1.31 with 25 nodes, and metafor 3.8-1, on R 4.2.2, by exact_moderators.R.</summary>
public sealed class ExactMetaRegressionTests
{
    /// <summary>The search of glmer is free of derivatives, and its standard errors come from a differenced Hessian.</summary>
    private const double Searched = 2e-5;

    private static readonly string File = Path.Combine(ReferenceFiles.RepositoryRoot, "examples", "bcg", "bcg.csv");

    [Theory]
    [InlineData("odds")]
    [InlineData("rates")]
    [InlineData("arms")]
    public void Regressions_of_the_vaccine_trials_agree_with_glmer(string name)
    {
        var expected = ReferenceFiles.Json(ReferenceFiles.Beside("Meta.Tests", "exact_moderators.json")).GetProperty("cases")
            .EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == name);
        var fit = Fit(name, "ablat");
        Assert.True(fit.Convergence.Converged);
        for (var j = 0; j < 2; j++)
        {
            var (estimate, error) = (expected.Numbers("estimate")[j], expected.Numbers("se")[j]);
            Assert.Equal(estimate, fit.Coefficients[j].Estimate, Searched * Math.Max(1, Math.Abs(estimate)));
            Assert.Equal(1, fit.Coefficients[j].StandardError / error, 2e-3);
        }

        Assert.Equal(expected.GetProperty("tau2").GetDouble(), fit.Tau2, 1e-4);
        var z = fit.Coefficients[1].Estimate / fit.Coefficients[1].StandardError;
        Assert.Equal(z * z, fit.ModeratorTest!.Statistic, 1e-8 * z * z);
        if (expected.TryGetProperty("metafor", out _))
        {
            Assert.Equal(expected.Numbers("metafor")[5], fit.ModeratorTest.Statistic, 0.01);
        }
    }

    /// <summary>Without moderators it is the model of <see cref="ExactMetaAnalysis"/>.</summary>
    [Fact]
    public void An_intercept_alone_is_the_mean()
    {
        var mean = ExactMetaAnalysis.Fit(Counts(), new MetaAnalysisOptions());
        var regression = Fit("odds", "1");
        Assert.Equal(mean.Estimate, regression.Coefficients[0].Estimate, 1e-9);
        Assert.Equal(mean.StandardError, regression.Coefficients[0].StandardError, 1e-9);
        Assert.Equal(mean.Tau2, regression.Tau2, 1e-9);
        Assert.Equal(mean.Q, regression.ResidualQ, 1e-8);
        Assert.Equal(mean.I2, regression.I2, 1e-8);
        Assert.Null(regression.ModeratorTest);
    }

    [Fact]
    public void Several_effects_a_study_are_refused() =>
        Assert.Contains(
            "one effect a study",
            Assert.Throws<InputException>(() => Fit("odds", "ablat + (1 | author)")).Message,
            StringComparison.Ordinal);

    private static StudyCounts Counts() => StudyCounts.Read(Data(), ("tpos", "tneg"), ("cpos", "cneg"), ["trial"], false, false);

    private static MetaRegressionFit Fit(string name, string formula)
    {
        var data = Data();
        var request = new FrameRequest { Formula = FormulaParser.Parse($"{ModeratedStudies.ResponseName} ~ {formula}") };
        ModeratedStudies Moderators(StudyEffects studies) => ModeratedStudies.Of(studies, data, request, null);
        return name switch
        {
            "odds" => ExactMetaRegression.Fit(Counts(), Moderators, new MetaAnalysisOptions()),
            "rates" => ExactMetaRegression.Fit(
                StudyRates.Read(WithTotals(data), ("tpos", "treated"), ("cpos", "controls"), ["trial"]),
                Moderators,
                new MetaAnalysisOptions()),
            _ => ExactMetaRegression.Fit(
                StudyArms.Read(data, "cpos", "cneg", false, false, ["trial"]), Moderators, new MetaAnalysisOptions()),
        };
    }

    private static Dataset Data() => DatasetReader.Read(File, new DatasetReaderOptions());

    private static Dataset WithTotals(Dataset data)
    {
        double[] Values(string name) => ((NumericColumn)data.Find(name)!).Values.ToArray();
        NumericColumn Sum(string name, string one, string other) => new(name, [.. Values(one).Zip(Values(other), (a, b) => a + b)]);
        return data.With(Sum("treated", "tpos", "tneg")).With(Sum("controls", "cpos", "cneg"));
    }
}
