using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands;

public sealed class GlmmCommandTests
{
    [Fact]
    public void The_toenail_trial_is_shown_with_its_clustering() =>
        Approved.Match("GlmmToenail", Margcond.Run("glmm", Repository.Data("toenail"), "y ~ treatment * time + (1 | patientID)", "--nodes", "25", "--exponentiate").Transcript);

    [Fact]
    public void A_random_slope_is_shown_with_its_correlation() =>
        Approved.Match("GlmmSlope", Margcond.Run("glmm", Repository.Data("slope_count"), "y ~ arm * t + (t | id)", "--family", "poisson", "--se", "robust").Transcript);

    [Fact]
    public void Automatic_nodes_settle_and_say_which_number()
    {
        var root = Json("toenail", "y ~ treatment * time + (1 | patientID)", "--nodes", "auto");
        Assert.InRange(root.GetProperty("nodes").GetInt32(), 16, 100);
        Assert.DoesNotContain(root.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("log-likelihood", StringComparison.Ordinal));
    }

    [Fact]
    public void Few_nodes_are_warned_of_with_the_amount()
    {
        var root = Json("toenail", "y ~ treatment * time + (1 | patientID)", "--nodes", "5");
        Assert.Contains(root.GetProperty("warnings").EnumerateArray(), warning => warning.GetString()!.Contains("nodes", StringComparison.Ordinal));
    }

    [Fact]
    public void Nested_groupings_are_listed_coarsest_first()
    {
        var root = Json("pastes", "strength ~ 1 + (1 | batch/cask)", "--family", "gaussian", "--nodes", "3");
        Assert.Equal(["batch", "cask:batch"], root.GetProperty("randomEffects").EnumerateArray().Select(term => term.GetProperty("group").GetString()!));
        Assert.Equal(30, root.GetProperty("randomEffects")[1].GetProperty("modes").EnumerateObject().Count());
    }

    [Fact]
    public void Profile_intervals_and_a_bootstrap_come_with_the_json()
    {
        var root = Json("cbpp", "incidence / size ~ period + (1 | herd)", "--ci", "profile", "--bootstrap", "20", "--seed", "4");
        var interval = Assert.Single(root.GetProperty("profileIntervals").EnumerateArray());
        Assert.Equal("SD (Intercept) | herd", interval.GetProperty("of").GetString());
        Assert.InRange(0.64, interval.GetProperty("lower").GetDouble(), interval.GetProperty("upper").GetDouble());
        Assert.Equal(20, root.GetProperty("bootstrap").GetProperty("attempted").GetInt32());
        Assert.Equal(5, root.GetProperty("bootstrap").GetProperty("parameters").GetArrayLength());
        Assert.True(root.GetProperty("varianceTests")[0].GetProperty("p").GetDouble() < 0.01);
    }

    [Fact]
    public void A_negative_binomial_without_its_size_estimates_it()
    {
        var root = Json("epilepsy", "y ~ lbase + trt + (1 | subject)", "--family", "negative-binomial");
        Assert.InRange(root.GetProperty("dispersion").GetDouble(), 0.01, 1);
    }

    [Theory]
    [InlineData("--link log", "is not available")]
    [InlineData("--nodes 0", "whole number from 1")]
    [InlineData("--penalty -1", "positive standard deviation")]
    [InlineData("--ci profile --se robust", "does not go with")]
    [InlineData("--bootstrap 1", "at least 2")]
    public void What_cannot_be_is_refused_with_a_sentence(string options, string message)
    {
        var result = Margcond.Run(["glmm", Repository.Data("ohio"), "resp ~ age + (1 | id)", .. options.Split(' ')]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error.ReplaceLineEndings(" ").Replace("          ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    [Fact]
    public void Separated_data_end_with_exit_code_three_and_a_name()
    {
        using var folder = new TemporaryFolder();
        var rows = Enumerable.Range(0, 120).Select(i => $"{i / 6},{i % 6},{(i % 6 > 2 ? 1 : 0)}");
        var path = folder.Write("separated.csv", "id,dose,y\n" + string.Join('\n', rows) + "\n");
        var result = Margcond.Run("glmm", path, "y ~ dose + (1 | id)");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("separated by dose", result.Error.ReplaceLineEndings(" ").Replace("          ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static JsonElement Json(string data, string formula, params string[] options)
    {
        var result = Margcond.Run(["glmm", Repository.Data(data), formula, .. options, "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Out);
        return document.RootElement.Clone();
    }
}
