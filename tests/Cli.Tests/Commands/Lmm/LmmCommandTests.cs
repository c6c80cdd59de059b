using System.Text.Json;
using MarginalConditional.Cli.Commands.Lmm;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Lmm;

/// <summary><see cref="LmmCommand"/> through the console: what <see cref="LmmReport"/> and <see cref="LmmExtrasTable"/> print.</summary>
public sealed class LmmCommandTests
{
    [Fact]
    public void A_random_slope_is_shown_with_its_degrees_of_freedom() =>
        Approved.Match("LmmSleepstudy", Margcond.Run(
            "lmm",
            Repository.Data("sleepstudy"),
            "Reaction ~ Days + (Days | Subject)",
            "--df",
            "kenward-roger",
            "--lrt").Transcript);

    [Fact]
    public void A_trial_by_visit_is_shown_with_means_and_differences() =>
        Approved.Match("LmmOrthodont", Margcond.Run("lmm", Repository.Data("orthodont"), "distance ~ Sex * factor(visit)", "--residual",
            "un", "--cluster", "Subject", "--wave", "visit", "--df", "satterthwaite", "--lsmeans", "Sex", "--by", "visit",
            "--pairs", "reverse").Transcript);

    [Fact]
    public void Json_carries_what_the_contract_names()
    {
        var result = Margcond.Run("lmm", Repository.Data("orthodont"), "distance ~ age + (1 | Subject)", "--residual", "ar1", "--cluster",
            "Subject", "--wave", "visit", "--ml", "--lags", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Out);
        var root = document.RootElement;
        Assert.False(root.GetProperty("reml").GetBoolean());
        Assert.Equal(4, root.GetProperty("residualCovariance").GetArrayLength());
        Assert.Equal(3, root.GetProperty("correlationByLag").GetArrayLength());
        Assert.Equal(27, root.GetProperty("randomEffects")[0].GetProperty("modeSe").EnumerateObject().Count());
        foreach (var name in new[] { "logLik", "aic", "bic", "residualSd" })
        {
            Assert.True(double.IsFinite(root.GetProperty(name).GetDouble()));
        }
    }

    /// <summary>Some visits were missed, so that the two informations differ.</summary>
    [Fact]
    public void Information_is_chosen_and_said()
    {
        string[] model = [
            "lmm", Repository.File("tests", "Lmm.Tests", "Strangers", "fev.csv"), "FEV1 ~ ARMCD", "--residual", "ar1",
            "--cluster", "USUBJID", "--wave", "AVISIT", "--df", "kenward-roger", "--format", "json"];
        using var usual = JsonDocument.Parse(Margcond.Run(model).Out);
        using var other = JsonDocument.Parse(Margcond.Run([.. model, "--information", "expected"]).Out);
        Assert.Equal("observed", usual.RootElement.GetProperty("information").GetString());
        Assert.Equal("expected", other.RootElement.GetProperty("information").GetString());
        double Degrees(JsonDocument document) => document.RootElement.GetProperty("coefficients")[1].GetProperty("df").GetDouble();
        Assert.Equal(188.469, Degrees(usual), 1e-3);
        Assert.Equal(220.513, Degrees(other), 1e-3);
    }

    /// <summary>Plates and samples cross; the dense sum over pairs of rows is in the tests of the library.</summary>
    [Fact]
    public void Two_ways_of_clustering_are_for_robust_errors()
    {
        string[] line =
        [
            "lmm", Repository.Data("penicillin"), "diameter ~ 1 + (1 | plate) + (1 | sample)", "--cluster", "plate", "--cluster", "sample",
        ];
        var robust = Margcond.Run([.. line, "--se", "robust"]);
        Assert.Contains("Two ways of clustering: 24 of plate, 6 of sample, 144 of both", robust.Out, StringComparison.Ordinal);
        Assert.Contains("fewer than 40 robust standard errors", Unwrapped(robust.Error), StringComparison.Ordinal);
        Assert.Contains("Add --se robust", Unwrapped(Margcond.Run(line).Error), StringComparison.Ordinal);
        Assert.Contains(
            "--residual does not go with two ways",
            Unwrapped(Margcond.Run([.. line, "--se", "robust", "--residual", "ar1"]).Error),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--df", "satterthwaite")]
    [InlineData("--se", "robust")]
    public void Information_without_Kenward_and_Rogers_method_is_refused(string option, string word)
    {
        var result = Margcond.Run(
            "lmm", Repository.Data("orthodont"), "distance ~ age + (1 | Subject)", option, word, "--information", "expected");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--df kenward-roger", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Theory]
    [InlineData("ar2", "--residual does not know \"ar2\"")]
    [InlineData("ar1", "which rows belong to one subject")]
    public void A_residual_that_cannot_be_is_refused(string residual, string message)
    {
        var result = Margcond.Run("lmm", Repository.Data("orthodont"), "distance ~ age", "--residual", residual);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            message,
            result.Error.ReplaceLineEndings(" ").Replace("          ", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Robust_errors_and_kenward_roger_exclude_each_other()
    {
        var result = Margcond.Run(
            "lmm",
            Repository.Data("sleepstudy"),
            "Reaction ~ Days + (Days | Subject)",
            "--df",
            "kenward-roger",
            "--se",
            "robust");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--df satterthwaite", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("robust", 1.502)]
    [InlineData("bias-reduced", 1.546)]
    [InlineData("jackknife", 1.591)]
    public void Robust_errors_have_corrections_and_degrees_of_freedom(string errors, double expected)
    {
        var result = Margcond.Run("lmm", Repository.Data("sleepstudy"), "Reaction ~ Days + (Days | Subject)", "--df", "satterthwaite",
            "--se", errors, "--format", "json");
        using var document = JsonDocument.Parse(result.Out);
        var row = document.RootElement.GetProperty("coefficients")[1];
        Assert.Equal(expected, row.GetProperty("se").GetDouble(), 3);
        Assert.Equal(17, row.GetProperty("df").GetDouble(), 3);
    }

    private static string Unwrapped(string error) => string.Join(' ', error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
