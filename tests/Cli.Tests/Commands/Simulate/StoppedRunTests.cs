using System.Text.Json;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>Runs that end early: by a rule, by <c>--max-time</c>, or before they begin by <c>--dry-run</c>.</summary>
public sealed class StoppedRunTests : IDisposable
{
    private const string Study = """
        study: stopped
        seed: 4
        replicates: {until: {power: 0.6, every: 20}, max: 100}
        data-generating-mechanisms:
          clusters: 20
          cluster-size: 10
          baseline: -1
          sigma: 0.5
          effect: [0, 2]
        estimands: [marginal, risk-difference]
        methods:
          - gee
          - standardized-gee
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("\"alpha\": 0.05", "\"alpha\": 1e999")]
    [InlineData("\"alpha\": 0.05", "\"alpha\": -1")]
    [InlineData("\"alpha\": 0.05", "\"alpha\": 4.9e-324")]
    [InlineData("\"power\": 0.6", "\"power\": 1")]
    [InlineData("\"power\": 0.6", "\"power\": null")]
    [InlineData("\"coverageMcse\": null", "\"coverageMcse\": 0.5")]
    [InlineData("\"every\": 20", "\"every\": 0")]
    public void A_manifest_with_a_rule_that_no_study_can_have_is_refused(string written, string edited)
    {
        Assert.Equal(0, Margcond.Run("simulate", folder.Write("study.yaml", Study), "--out", At("results")).ExitCode);
        var manifest = Path.Combine(At("results"), "manifest.json");
        var text = File.ReadAllText(manifest);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(manifest, text.Replace(written, edited, StringComparison.Ordinal));
        var run = Margcond.Run("report", At("results"));
        Assert.Equal(2, run.ExitCode);
        var words = string.Join(' ', run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("not the manifest of a simulation study, or it was edited", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Manifest_summary_and_table_say_why_each_scenario_ended()
    {
        var study = folder.Write("study.yaml", Study);
        var run = Margcond.Run("simulate", study, "--out", At("results"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("stopped: 2 scenarios \u00D7 up to 100 replicates \u00D7 2 methods, seed 4", run.Out, StringComparison.Ordinal);
        Assert.Contains("A scenario ends when each power is known to lie above or below 60 %", run.Out, StringComparison.Ordinal);
        Assert.Contains("decided", run.Out, StringComparison.Ordinal);
        using var manifest = Json("results", "manifest.json");
        Assert.Equal(0.6, manifest.RootElement.GetProperty("until").GetProperty("power").GetDouble());
        var stops = manifest.RootElement.GetProperty("stopped").EnumerateArray().ToArray();
        Assert.Equal(["decided", "decided"], stops.Select(stop => stop.GetProperty("reason").GetString()));
        using var summary = Json("results", "summary.json");
        foreach (var (scenario, stop) in summary.RootElement.GetProperty("scenarios").EnumerateArray().Zip(stops))
        {
            var replicates = stop.GetProperty("replicates").GetInt32();
            Assert.InRange(replicates, 20, 99);
            Assert.Equal(0, replicates % 20);
            Assert.Equal(replicates, scenario.GetProperty("stopped").GetProperty("replicates").GetInt32());
            Assert.Equal(replicates, scenario.GetProperty("methods")[1].GetProperty("attempted").GetInt32());
            foreach (var criterion in scenario.GetProperty("stopped").GetProperty("criteria").EnumerateArray())
            {
                Assert.True(criterion.GetProperty("lower").GetDouble() > 0.6 || criterion.GetProperty("upper").GetDouble() < 0.6);
            }
        }

        var rows = File.ReadLines(Path.Combine(At("results"), "summary.csv")).ToArray();
        Assert.EndsWith(",ended_after,ended_by", rows[0], StringComparison.Ordinal);
        Assert.All(rows.Skip(1), row => Assert.EndsWith(",decided", row, StringComparison.Ordinal));
        Assert.Equal(
            1 + (2 * stops.Sum(stop => stop.GetProperty("replicates").GetInt32())),
            File.ReadLines(Path.Combine(At("results"), "replicates.csv")).Count());
    }

    [Fact]
    public void Threads_and_a_second_start_change_no_byte()
    {
        var study = folder.Write("study.yaml", Study);
        foreach (var threads in new[] { "1", "3" })
        {
            Assert.Equal(0, Margcond.Run("simulate", study, "--out", At(threads), "--threads", threads).ExitCode);
        }

        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("3"), "--resume").ExitCode);
        foreach (var name in new[] { "replicates.csv", "summary.csv", "summary.json", "manifest.json" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(At("1"), name)), File.ReadAllText(Path.Combine(At("3"), name)));
        }
    }

    [Fact]
    public void A_rule_and_parts_exclude_each_other()
    {
        var study = folder.Write("study.yaml", Study);
        var run = Margcond.Run("simulate", study, "--shard", "1/2", "--out", At("part"));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("cannot be run in parts", OnOneLine(run.Error), StringComparison.Ordinal);
        Assert.Contains("--replicates", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(At("part")));
        Assert.Equal(0, Margcond.Run("simulate", study, "--replicates", "20", "--shard", "1/2", "--out", At("one")).ExitCode);
        Assert.Equal(0, Margcond.Run("simulate", study, "--replicates", "20", "--shard", "2/2", "--out", At("two")).ExitCode);
        var merged = Margcond.Run("merge", At("one"), At("two"), "--out", At("whole"));
        Assert.Equal((0, ""), (merged.ExitCode, merged.Error));
        Assert.StartsWith("stopped: 2 scenarios \u00D7 20 replicates", merged.Out, StringComparison.Ordinal);
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("rule")).ExitCode);
        var refused = Margcond.Run("merge", At("rule"), "--out", At("again"));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("ends by a rule", OnOneLine(refused.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_is_over_stops_the_run_which_can_be_gone_on_with()
    {
        var study = folder.Write("study.yaml", Study);
        string[] command = ["simulate", study, "--replicates", "1000000", "--out", At("long"), "--max-time", "1s"];
        var run = Margcond.Run(command);
        Assert.Equal(130, run.ExitCode);
        Assert.Contains("The time of --max-time was over", run.Error, StringComparison.Ordinal);
        Assert.Contains("--resume", run.Error, StringComparison.Ordinal);
        var rows = File.ReadLines(Path.Combine(At("long"), "replicates.csv")).Count();
        Assert.Equal(130, Margcond.Run([.. command, "--resume"]).ExitCode);
        Assert.True(File.ReadLines(Path.Combine(At("long"), "replicates.csv")).Count() >= rows);
    }

    [Theory]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("1h30m", 5400)]
    [InlineData("90s", 90)]
    [InlineData("1d2h", 93600)]
    [InlineData("01:30:00", 5400)]
    [InlineData("0:45", 2700)]
    [InlineData("1-00:00:01", 86401)]
    [InlineData("", null)]
    [InlineData("30", null)]
    [InlineData("0s", null)]
    [InlineData("1m1h", null)]
    [InlineData("41d", null)]
    [InlineData("1:75", null)]
    public void Times_are_read_as_people_and_queues_write_them(string text, int? seconds) =>
        Assert.Equal(seconds, (int?)TimeLimit.Parse(text)?.TotalSeconds);

    [Fact]
    public void A_time_that_is_none_is_refused()
    {
        var run = Margcond.Run("simulate", folder.Write("study.yaml", Study), "--max-time", "soon");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--max-time is \"soon\"; it has to be a time such as 30m", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_shows_scenarios_and_truths_and_writes_nothing()
    {
        var study = folder.Write("study.yaml", Study);
        var run = Margcond.Run("simulate", study, "--dry-run", "--out", At("none"));
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.False(Directory.Exists(At("none")));
        Assert.StartsWith("stopped: 2 scenarios \u00D7 up to 100 replicates \u00D7 2 methods, seed 4", run.Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Margcond.Run("simulate", study, "--dry-run", "--format", "json").Out);
        Assert.True(json.RootElement.GetProperty("dryRun").GetBoolean());
        var truths = json.RootElement.GetProperty("scenarios")[1].GetProperty("truths").EnumerateArray().ToArray();
        using var full = JsonDocument.Parse(Margcond.Run("simulate", study, "--format", "json").Out);
        Assert.Equal(
            full.RootElement.GetProperty("scenarios")[1].GetProperty("methods").EnumerateArray()
                .Select(row => row.GetProperty("truth").GetDouble()),
            truths.Select(truth => truth.GetProperty("truth").GetDouble()));
        var csv = Margcond.Run("simulate", study, "--dry-run", "--format", "csv").Out.TrimEnd('\n').Split('\n');
        Assert.Equal("scenario,effect,estimand,truth_kind,truth", csv[0]);
        Assert.Equal(1 + (2 * 2), csv.Length);
    }

    [Fact]
    public void A_dry_run_shows_the_parameters_that_were_solved()
    {
        var study = folder.Write("study.yaml", Study
            .Replace("baseline: -1", "baseline: 0.3\n  baseline-scale: population-mean", StringComparison.Ordinal)
            .Replace("sigma: 0.5", "icc: 0.05", StringComparison.Ordinal));
        Assert.Contains("Parameters solved", Margcond.Run("simulate", study, "--dry-run").Out, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Margcond.Run("simulate", study, "--dry-run", "--format", "json").Out);
        var solved = json.RootElement.GetProperty("scenarios")[0].GetProperty("solved");
        Assert.Equal(0.3, solved.GetProperty("controlMean").GetDouble(), 1e-9);
        Assert.Equal(0.05, solved.GetProperty("icc").GetDouble(), 1e-9);
        Assert.True(solved.GetProperty("sigma").GetDouble() > 0.3);
    }

    [Fact]
    public void The_time_of_a_dry_run_is_told_on_a_terminal_alone()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var study = folder.Write("study.yaml", Study);
        var code = new Application(new ConsoleStreams { Out = output, Error = error, ErrorIsTerminal = true })
            .Run(["simulate", study, "--dry-run", "--replicates", "20"]);
        Assert.Equal(0, code);
        Assert.Contains("The run would take about", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(Margcond.Run("simulate", study, "--dry-run", "--replicates", "20").Out, output.ToString());
    }

    [Fact]
    public void Failures_are_handled_two_ways()
    {
        var study = folder.Write("study.yaml", Study.Replace("baseline: -1", "baseline: -1.5", StringComparison.Ordinal)
            .Replace("clusters: 20", "clusters: 8", StringComparison.Ordinal)
            .Replace("cluster-size: 10", "cluster-size: 5", StringComparison.Ordinal)
            .Replace("  - standardized-gee", "  - standardized-gee: {correlation: unstructured}", StringComparison.Ordinal));
        var run = Margcond.Run("simulate", study, "--replicates", "60", "--where-all-converged", "--out", At("hard"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Over the replicates on which every method converged (", run.Out, StringComparison.Ordinal);
        var rows = File.ReadLines(Path.Combine(At("hard"), "replicates.csv")).Skip(1).Select(row => row.Split(',')).ToArray();
        using var summary = Json("hard", "summary.json");
        var differ = 0;
        for (var scenario = 1; scenario <= 2; scenario++)
        {
            var own = rows.Where(row => row[0] == scenario.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var hard = own.Where(row => row[7] == "failed").Select(row => row[1]).ToHashSet(StringComparer.Ordinal);
            foreach (var method in summary.RootElement.GetProperty("scenarios")[scenario - 1].GetProperty("methods").EnumerateArray())
            {
                var name = method.GetProperty("method").GetString();
                var common = method.GetProperty("whereAllConverged");
                var kept = own.Where(row => row[2] == name && !hard.Contains(row[1])).Select(row => Number(row[4])).ToArray();
                Assert.Equal(kept.Length, common.GetProperty("replicates").GetInt32());
                Assert.Equal(60 - hard.Count, kept.Length);
                Assert.Equal(kept.Average(), common.GetProperty("mean").GetProperty("value").GetDouble(), 1e-12);
                var truth = method.GetProperty("truth").GetDouble();
                var relative = common.GetProperty("relativeBias");
                var error = common.GetProperty("bias").GetProperty("mcse").GetDouble() / Math.Abs(truth);
                double? value = truth == 0 ? null : (kept.Average() / truth) - 1;
                Assert.Equal(value ?? double.NaN, Known(relative.GetProperty("value")), 1e-12);
                Assert.Equal(truth == 0 ? double.NaN : error, Known(relative.GetProperty("mcse")), 1e-12);
                var converged = own.Where(row => row[2] == name && row[7] != "failed").Select(row => Number(row[4])).ToArray();
                Assert.Equal(converged.Average(), method.GetProperty("mean").GetProperty("value").GetDouble(), 1e-12);
                differ += converged.Length > kept.Length ? 1 : 0;
            }
        }

        Assert.True(differ > 0, "no replicate tells the two ways apart");
        Assert.Equal(0, Margcond.Run("report", At("hard"), "--tables", At("paper.md")).ExitCode);
        const string Common = "Over the replicates on which every method converged (";
        Assert.Contains(Common, Report(At("hard")), StringComparison.Ordinal);
        Assert.Contains(Common, File.ReadAllText(At("paper.md")), StringComparison.Ordinal);
    }

    private static double Known(JsonElement element) => element.ValueKind == JsonValueKind.Null ? double.NaN : element.GetDouble();

    private static string Report(string results)
    {
        Assert.Equal(0, Margcond.Run("report", results).ExitCode);
        return File.ReadAllText(Path.Combine(results, "report.html"));
    }

    private static string OnOneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private string At(string name) => Path.Combine(folder.Path, name);

    private JsonDocument Json(string results, string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(At(results), name)));
}
