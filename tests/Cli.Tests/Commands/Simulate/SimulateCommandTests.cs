using System.Text.Json;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Compare.Simulation.Studies;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>What <see cref="SimulateCommand"/> prints and writes.</summary>
public sealed class SimulateCommandTests
{
    private const string Study = """
        study: tiny
        seed: 3
        replicates: 30
        data-generating-mechanisms:
          clusters: 20
          cluster-size: 10
          baseline: -1
          sigma: [0, 2]
          effect: [0, 1]
        estimands: [conditional, marginal]
        methods:
          - glmm: {nodes: 7}
          - gee
        """;

    private static readonly string Committed = Repository.File("simulations", "noncollapsibility");

    [Fact]
    public void Results_are_written_to_the_folder_and_the_summary_to_stdout()
    {
        using var folder = new TemporaryFolder();
        var study = folder.Write("study.yaml", Study);
        var results = Path.Combine(folder.Path, "deep", "results");
        var run = Margcond.Run("simulate", study, "--out", results);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Error);
        Assert.StartsWith("tiny: 4 scenarios \u00D7 30 replicates \u00D7 2 methods, seed 3", run.Out, StringComparison.Ordinal);
        Assert.Contains("sigma = 2", run.Out, StringComparison.Ordinal);
        Assert.All(run.Out.Split('\n').Where(line => !line.StartsWith("Written to", StringComparison.Ordinal)
            && !line.Contains(folder.Path, StringComparison.Ordinal)), line => Assert.True(line.Length <= 80, line));
        Assert.Equal(
            ["manifest.json", "replicates.csv", "study.yaml", "summary.csv", "summary.json"],
            Directory.GetFiles(results).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1 + (4 * 30 * 2), File.ReadLines(Path.Combine(results, "replicates.csv")).Count());
        Assert.Equal(1 + (4 * 2), File.ReadLines(Path.Combine(results, "summary.csv")).Count());
    }

    [Fact]
    public void Progress_is_shown_on_a_terminal_and_stdout_stays_the_same()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var study = folder.Write("study.yaml", Study);
        var code = new Application(new ConsoleStreams { Out = output, Error = error, ErrorIsTerminal = true }).Run(["simulate", study]);
        Assert.Equal(0, code);
        Assert.Contains("tiny  4 scenarios", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(Margcond.Run("simulate", study).Out, output.ToString());
    }

    [Fact]
    public void Threads_change_no_byte_of_the_files()
    {
        using var folder = new TemporaryFolder();
        var study = folder.Write("study.yaml", Study);
        foreach (var threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Margcond.Run("simulate", study, "--threads", threads, "--out", Path.Combine(folder.Path, threads)).ExitCode);
        }

        foreach (var name in new[] { "replicates.csv", "summary.csv", "summary.json", "manifest.json" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(folder.Path, "1", name)), File.ReadAllText(Path.Combine(folder.Path, "3", name)));
        }
    }

    [Fact]
    public void Json_is_one_object_with_every_measure_and_its_error()
    {
        using var folder = new TemporaryFolder();
        var run = Margcond.Run("simulate", folder.Write("study.yaml", Study), "--replicates", "10", "--seed", "99", "--format", "json");
        using var document = JsonDocument.Parse(run.Out);
        var root = document.RootElement;
        Assert.Equal("simulate", root.GetProperty("command").GetString());
        Assert.Equal("99", root.GetProperty("seed").GetString());
        Assert.Equal(10, root.GetProperty("replicates").GetInt32());
        var scenario = root.GetProperty("scenarios")[3];
        Assert.Equal("2", scenario.GetProperty("settings").GetProperty("sigma").GetString());
        var glmm = scenario.GetProperty("methods")[0];
        Assert.Equal("conditional", glmm.GetProperty("estimand").GetString());
        Assert.Equal(1, glmm.GetProperty("truth").GetDouble());
        Assert.Equal(10, glmm.GetProperty("attempted").GetInt32());
        Assert.True(glmm.GetProperty("biasEliminatedCoverage").GetProperty("mcse").GetDouble() >= 0);
        Assert.Equal(0, root.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public void Csv_has_one_row_a_scenario_and_method()
    {
        using var folder = new TemporaryFolder();
        var run = Margcond.Run("simulate", folder.Write("study.yaml", Study), "--replicates", "5", "--format", "csv");
        var lines = run.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(9, lines.Length);
        Assert.StartsWith(
            "scenario,sigma,effect,method,estimand,truth_kind,truth,attempted,converged,warned,failed,mean,mean_mcse",
            lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith("1,0,0,glmm,conditional,T1,0,5,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_study_is_refused_with_its_line_and_nothing_on_stdout()
    {
        using var folder = new TemporaryFolder();
        var study = folder.Write("study.yaml", Study.Replace("sigma:", "sgima:", StringComparison.Ordinal));
        var run = Margcond.Run("simulate", study);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains("line 8", run.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("\"sigma\"", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--replicates", "0")]
    [InlineData("--threads", "-1")]
    [InlineData("--format", "xml")]
    public void Options_outside_their_range_are_refused(string option, string value) =>
        Assert.Equal(2, Margcond.Run("simulate", "study.yaml", option, value).ExitCode);

    [Fact]
    public void A_missing_study_file_is_refused() => Assert.Equal(2, Margcond.Run("simulate", "no-such-study.yaml").ExitCode);

    [Fact]
    public void An_interrupted_study_keeps_its_finished_replicates_and_ends_with_130()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        stop.Cancel();
        var results = Path.Combine(folder.Path, "results");
        var streams = new ConsoleStreams { Out = output, Error = error, Cancellation = stop.Token };
        var code = new Application(streams).Run(["simulate", folder.Write("study.yaml", Study), "--out", results]);
        Assert.Equal(130, code);
        Assert.Contains("interrupted", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"complete\": false", File.ReadAllText(Path.Combine(results, "manifest.json")), StringComparison.Ordinal);
        Assert.Single(File.ReadLines(Path.Combine(results, "replicates.csv")));
    }

    [Fact]
    public void The_committed_results_show_both_effects_without_bias_and_apart_by_the_integral()
    {
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Committed, "results", "summary.json")));
        var study = StudyReader.Read(Path.Combine(Committed, "study.yaml"));
        Assert.True(summary.RootElement.GetProperty("complete").GetBoolean());
        foreach (var (scenario, definition) in summary.RootElement.GetProperty("scenarios").EnumerateArray().Zip(study.Scenarios))
        {
            foreach (var (row, method) in scenario.GetProperty("methods").EnumerateArray().Zip(study.Methods))
            {
                Assert.Equal(definition.Truth(method.Target), row.GetProperty("truth").GetDouble(), 1e-12);
                var (bias, error) =
                    (row.GetProperty("bias").GetProperty("value").GetDouble(), row.GetProperty("bias").GetProperty("mcse").GetDouble());
                Assert.InRange(bias, -3 * error, 3 * error);
                Assert.InRange(row.GetProperty("coverage").GetProperty("value").GetDouble(), 0.935, 0.965);
                Assert.Equal(0, row.GetProperty("failed").GetInt32());
            }
        }
    }
}
