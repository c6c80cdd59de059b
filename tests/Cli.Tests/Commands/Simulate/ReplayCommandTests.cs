using System.Text.Json;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary><see cref="ReplayCommand"/> through the console: what <see cref="ReplayCommandReport"/> prints.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private const string Study = """
        study: tiny
        seed: 3
        replicates: 25
        data-generating-mechanisms:
          clusters: 12
          cluster-size: 5
          sigma: [0, 2]
          effect: 1
        estimands: [conditional, marginal]
        methods:
          - glmm: {nodes: 5}
          - gee
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string study;

    public ReplayCommandTests() => study = folder.Write("study.yaml", Study);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_replicate_is_replayed_with_its_data()
    {
        var export = At("data.csv");
        var run = Margcond.Run("replay", study, "--scenario", "2", "--replicate", "17", "--export", export, "--format", "json");
        Assert.Equal(0, run.ExitCode);
        using var document = JsonDocument.Parse(run.Out);
        var gee = document.RootElement.GetProperty("methods")[1];
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("whole")).ExitCode);
        var row = File.ReadAllText(Path.Combine(At("whole"), "replicates.csv"))
            .Split('\n')
            .Single(line => line.StartsWith("2,17,gee,", StringComparison.Ordinal))
            .Split(',');
        Assert.Equal(row[4], gee.GetProperty("estimate").GetRawText());

        // The exported data give the program's own GEE the same answer.
        var fit = Margcond.Run("gee", export, "y ~ treatment", "--cluster", "cluster", "--format", "json");
        using var fitted = JsonDocument.Parse(fit.Out);
        Assert.Equal(
            gee.GetProperty("estimate").GetDouble(),
            fitted.RootElement.GetProperty("coefficients")[1].GetProperty("estimate").GetDouble(),
            1e-10);
    }

    [Fact]
    public void A_replicate_that_does_not_exist_is_refused()
    {
        Assert.Equal(2, Margcond.Run("replay", study, "--scenario", "3").ExitCode);
        Assert.Equal(2, Margcond.Run("replay", study, "--replicate", "0").ExitCode);
        Assert.Contains("scenario 1 (sigma = 0)", Margcond.Run("replay", study).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_and_json_carry_the_same_numbers()
    {
        var csv = Margcond.Run("replay", study, "--scenario", "2", "--format", "csv").Out.TrimEnd('\n').Split('\n');
        Assert.Equal("method,estimand,truth,estimate,se,outcome", csv[0]);
        using var document = JsonDocument.Parse(Margcond.Run("replay", study, "--scenario", "2", "--format", "json").Out);
        var methods = document.RootElement.GetProperty("methods").EnumerateArray().ToArray();
        string[] members = ["method", "estimand", "truth", "estimate", "se", "outcome"];
        Assert.Equal(csv.Skip(1), methods.Select(method => string.Join(',', members.Select(name => method.GetProperty(name).ToString()))));
    }

    private string At(string name) => Path.Combine(folder.Path, name);
}
