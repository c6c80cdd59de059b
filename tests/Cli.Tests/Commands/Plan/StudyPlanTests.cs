using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Plan;

/// <summary><c>plan --study</c> through the console.</summary>
public sealed class StudyPlanTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    [Fact]
    public void Every_method_of_a_trial_of_three_arms_with_covariates_has_its_clusters()
    {
        var file = Study(
            "  arms: 3\n  clusters: 18\n  cluster-size: 10\n  outcome: continuous\n  link: identity\n  sigma: 0.3\n  effect: 1\n"
                + "  effect-arm3: 1.4\n  covariate: normal\n  covariate-slope: 1\n",
            "  - lmm: {adjust: covariates}\n  - cluster-means: {estimand: conditional-arm3, arm: 3}\n",
            "conditional, conditional-arm3");
        var run = Margcond.Run("plan", "--study", file, "--replicates", "200", "--format", "json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using var plan = JsonDocument.Parse(run.Out);
        var simulated = plan.RootElement.GetProperty("simulated");
        Assert.Equal(("clusters", "7"), (simulated.GetProperty("goal").GetString(), simulated.GetProperty("seed").GetString()));
        Assert.Equal(
            [("lmm", 1.0), ("cluster-means", 1.4)],
            simulated.GetProperty("methods").EnumerateArray().Select(method =>
                (method.GetProperty("method").GetString(), Math.Round(method.GetProperty("effect").GetDouble(), 9))));
        Assert.All(simulated.GetProperty("methods").EnumerateArray(), method =>
        {
            Assert.Equal(0, method.GetProperty("clustersNeeded").GetInt32() % 3);
            Assert.InRange(
                method.GetProperty("clustersNeeded").GetDouble(),
                method.GetProperty("atLeast").GetDouble(),
                method.GetProperty("atMost").GetDouble());
        });
        var table = Margcond.Run("plan", "--study", file, "--replicates", "100", "--clusters", "12", "--seed", "3");
        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.StartsWith("mine: the power of 12 clusters\nDrawn at most 100 trials each, seed 3\n", table.Out, StringComparison.Ordinal);
        Assert.Contains("\n  cluster-means  ", table.Out, StringComparison.Ordinal);
        Assert.EndsWith("\n", table.Out, StringComparison.Ordinal);
        var csv = Margcond.Run("plan", "--study", file, "--replicates", "100", "--clusters", "12", "--format", "csv").Out.Split('\n');
        Assert.StartsWith("method,estimand,effect,needed,", csv[0], StringComparison.Ordinal);
        Assert.StartsWith("lmm,conditional,1", csv[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rho .05", "--rho has no effect beside --study")]
    [InlineData("--alpha .1", "--alpha has no effect beside --study")]
    [InlineData("--clusters 3", "--clusters is 3; it has to be 4 or more")]
    public void What_the_file_says_is_not_said_again(string more, string message)
    {
        var file = Study("  clusters: 18\n  cluster-size: 10\n  sigma: 0.3\n  effect: 1\n", "  - glmm\n", "conditional");
        var run = Margcond.Run(["plan", "--study", file, .. more.Split(' ')]);
        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains(message, run.Error.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Study(string settings, string methods, string estimands)
    {
        var file = Path.Combine(folder, "study.yaml");
        File.WriteAllText(
            file,
            $"study: mine\nseed: 7\nreplicates: 10\ndata-generating-mechanisms:\n{settings}estimands: [{estimands}]\nmethods:\n{methods}");
        return file;
    }
}
