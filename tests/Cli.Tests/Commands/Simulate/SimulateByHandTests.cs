using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>
/// A study of two scenarios with six replicates each: what its files say of one another, and of the trials that can be drawn again.
/// </summary>
public sealed class SimulateByHandTests : IDisposable
{
    private const string Study = """
        study: tiny
        seed: 3
        replicates: 6
        data-generating-mechanisms:
          clusters: 10
          cluster-size: 5
          sigma: 0.5
          effect: [0, 0.7]
        estimands: [conditional, marginal]
        methods:
          - gee
          - glmm: {nodes: 7}

        """;

    private readonly TemporaryFolder folder = new();
    private readonly string study;

    public SimulateByHandTests() => study = folder.Write("study.yaml", Study);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_summary_is_made_of_the_replicates()
    {
        var run = Run("whole");
        var rows = Answers.FileFields(At("whole", "replicates.csv"));
        Assert.Equal(["scenario", "replicate", "method", "estimand", "estimate", "se", "df", "outcome"], rows[0]);
        Assert.Equal(2 * 6 * 2, rows.Length - 1);
        foreach (var scenario in run.GetProperty("scenarios").EnumerateArray())
        {
            foreach (var method in scenario.GetProperty("methods").EnumerateArray())
            {
                var own = rows[1..].Where(row => Value(row[0]) == scenario.Number("scenario") && row[2] == method.At("method").GetString()
                    && row[7] is "converged" or "warned").ToArray();
                var estimates = own.Select(row => Value(row[4])).ToArray();
                var (n, truth) = (estimates.Length, method.Number("truth"));
                var deviation = Math.Sqrt(estimates.Sum(value => Math.Pow(value - estimates.Average(), 2)) / (n - 1));
                Assert.Equal(estimates.Average(), method.Number("mean", "value"), 1e-10);
                Assert.Equal(estimates.Average() - truth, method.Number("bias", "value"), 1e-10);
                Assert.Equal(deviation / Math.Sqrt(n), method.Number("bias", "mcse"), 1e-10);
                Assert.Equal(deviation, method.Number("empiricalSe", "value"), 1e-10);
                Assert.Equal(own.Average(Covers), method.Number("coverage", "value"), 1e-10);
                Assert.Equal(Math.Sqrt(own.Average(row => Math.Pow(Value(row[5]), 2))), method.Number("modelSe", "value"), 1e-10);
                Assert.Equal(6, method.Number("attempted"));
                Assert.Equal(own.Count(row => row[7] == "warned"), method.Number("warned"));

                double Covers(string[] row) => Math.Abs(Value(row[4]) - truth) <= 1.9599639845400545 * Value(row[5]) ? 1 : 0;
            }
        }
    }

    /// <summary>The conditional truth is the effect; the marginal one the difference of logits of averaged probabilities.</summary>
    [Fact]
    public void Truths_are_integrals()
    {
        var scenarios = Run("whole").GetProperty("scenarios").EnumerateArray().ToArray();
        foreach (var (effect, scenario) in new[] { 0, 0.7 }.Zip(scenarios))
        {
            var baseline = scenario.GetProperty("settings").TryGetProperty("baseline", out var set)
                ? double.Parse(set.GetString()!, CultureInfo.InvariantCulture) : 0;
            double Logit(double eta)
            {
                var mean = BruteForce.NormalMean(z => 1 / (1 + Math.Exp(-eta - (0.5 * z))), 0.5);
                return Math.Log(mean / (1 - mean));
            }

            var methods = scenario.GetProperty("methods").EnumerateArray()
                .ToDictionary(method => method.At("method").GetString()!, StringComparer.Ordinal);
            Assert.Equal(Logit(baseline + effect) - Logit(baseline), methods["gee"].Number("truth"), 1e-8);
            Assert.Equal(effect, methods["glmm"].Number("truth"), 1e-12);
            Assert.Equal(effect.ToString(CultureInfo.InvariantCulture), scenario.At("settings", "effect").GetString());
        }
    }

    [Fact]
    public void Summarize_says_the_same_of_the_replicates_file()
    {
        var summary = Run("whole").At("scenarios", 1, "methods");
        var cells = Answers.Json($"summarize {At("whole", "replicates.csv")} --estimate estimate --se se --by scenario --method method "
            + "--replicate replicate --converged outcome").GetProperty("cells").EnumerateArray()
            .Where(cell => cell.At("by", "scenario").GetString() == "2").ToArray();
        Assert.Equal(summary.GetArrayLength(), cells.Length);
        foreach (var (method, cell) in summary.EnumerateArray().Zip(cells))
        {
            Assert.Equal(method.At("method").GetString(), cell.At("method").GetString());
            foreach (var measure in new[] { "mean", "empiricalSe", "modelSe", "relativeError", "rejection" })
            {
                Assert.Equal(method.Number(measure, "value"), cell.Number(measure, "value"), 1e-10);
                Assert.Equal(method.Number(measure, "mcse"), cell.Number(measure, "mcse"), 1e-10);
            }
        }
    }

    /// <summary>The data of a replicate, written to a file: the commands find in it what the study's methods found.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 6)]
    public void A_replicate_drawn_again_has_the_estimates_of_the_study(int scenario, int replicate)
    {
        Run("whole");
        var data = At("data.csv");
        var answer = Answers.Json($"replay {study} --scenario {scenario} --replicate {replicate} --export {data}");
        var rows = Answers.FileFields(At("whole", "replicates.csv"))[1..]
            .Where(row => Value(row[0]) == scenario && Value(row[1]) == replicate).ToArray();
        Answers.Near([.. rows.Select(row => Value(row[4]))], answer.Each("methods", "estimate"), 0);
        Answers.Near([.. rows.Select(row => Value(row[5]))], answer.Each("methods", "se"), 0);
        var gee = Answers.Json($"gee {data} \"y ~ treatment\" --cluster cluster");
        Assert.Equal(gee.Number("coefficients", 1, "estimate"), answer.Number("methods", 0, "estimate"), 1e-8);
        Assert.Equal(gee.Number("coefficients", 1, "se"), answer.Number("methods", 0, "se"), 1e-8);
        var glmm = Answers.Json($"glmm {data} \"y ~ treatment + (1 | cluster)\" --nodes 7");
        Assert.Equal(glmm.Number("coefficients", 1, "estimate"), answer.Number("methods", 1, "estimate"), 1e-6);
        Assert.Equal(glmm.Number("coefficients", 1, "se"), answer.Number("methods", 1, "se"), 1e-5);
        var fields = Answers.FileFields(data);
        Assert.Equal(10 * 5, fields.Length - 1);
        Assert.Equal(10, fields[1..].Select(row => row[0]).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void More_replicates_begin_with_the_fewer_and_another_seed_has_others()
    {
        Run("few", "--replicates 3");
        Run("whole");
        Run("other", "--seed 4 --replicates 3");
        var (few, whole, other) = (Rows("few"), Rows("whole"), Rows("other"));
        Assert.Equal(2 * 3 * 2, few.Length);
        Assert.Subset(whole.ToHashSet(StringComparer.Ordinal), few.ToHashSet(StringComparer.Ordinal));
        Assert.Empty(few.Intersect(other, StringComparer.Ordinal));

        string[] Rows(string name) => File.ReadAllLines(At(name, "replicates.csv"))[1..];
    }

    [Fact]
    public void A_dry_run_says_what_would_be_done_and_does_nothing()
    {
        var text = Answers.Text($"simulate {study} --dry-run --replicates 50");
        Assert.StartsWith("tiny: 2 scenarios × 50 replicates × 2 methods, seed 3\nNothing was run.", text, StringComparison.Ordinal);
        Assert.Contains("effect 0.7", text, StringComparison.Ordinal);
        Assert.Equal([study], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_with_results_is_kept_unless_it_may_be_replaced()
    {
        Run("whole");
        var before = File.ReadAllBytes(At("whole", "replicates.csv"));
        var refusal = Answers.Refusal($"simulate {study} --replicates 2 --out {At("whole")}");
        Assert.Contains("--overwrite", refusal, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(At("whole", "replicates.csv")));
        Run("whole", "--replicates 2 --overwrite");
        Assert.Equal(1 + (2 * 2 * 2), File.ReadAllLines(At("whole", "replicates.csv")).Length);
    }

    private JsonElement Run(string name, string options = "") =>
        Answers.Json($"simulate {study} --out {At(name)} {options}");

    private string At(params string[] names) => Path.Combine([folder.Path, .. names]);

    private static double Value(string field) => double.Parse(field, CultureInfo.InvariantCulture);
}
