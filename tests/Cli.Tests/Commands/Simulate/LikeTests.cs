using MarginalConditional.Cli.Commands.Likeness;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary><see cref="LikeOptions"/> and <see cref="KeptFits"/>: a kept fit is a study, end to end.</summary>
public sealed class LikeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string data;
    private readonly string fit;

    public LikeTests()
    {
        data = folder.Write("trial.csv", File.ReadAllText(Repository.Data("crt14")));
        fit = Keep("glmm", "'y ~ arm + x + (1 | cluster)' --nodes 9");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_same_bits_come_from_any_threads_from_parts_and_from_a_study_file()
    {
        var options = "--effect 0,0.3 --clusters 8 --replicates 6";
        Run($"simulate --like {fit} --data {data} {options} --threads 1 --out {At("one")}");
        Run($"simulate --like {fit} {options} --threads 3 --out {At("three")}");
        Assert.Equal(Replicates("one"), Replicates("three"));
        Run($"simulate --like {fit} --data {data} {options} --shard 1/2 --out {At("a")}");
        Run($"simulate --like {fit} --data {data} {options} --shard 2/2 --out {At("b")}");
        Run($"merge {At("a")} {At("b")} --out {At("merged")}");
        Assert.Equal(Replicates("one"), Replicates("merged"));
        var study = folder.Write("study.yaml", """
            study: mine
            seed: 1
            replicates: 6
            data-generating-mechanisms: {like: fit.json, data: trial.csv, effect: [0, 0.3], clusters: 8}
            estimands: [conditional, marginal]
            methods: [glmm: {nodes: 9}, gee, marginalized-glmm: {nodes: 9}]
            """);
        Run($"simulate {study} --out {At("file")}");
        Assert.Equal(Replicates("one"), Replicates("file"));
        Assert.Contains("0.3000", Run($"replay {study} --scenario 2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Marginal_and_linear_fits_are_mechanisms_too()
    {
        var marginal = Keep("gee", "'y ~ arm' --cluster cluster --corr independence");
        Assert.Contains("marginal (population-averaged)", Run($"simulate --like {marginal} --replicates 3"), StringComparison.Ordinal);
        var linear = Keep("lmm", "'x ~ arm + (1 | cluster)'");
        Assert.Contains("lmm", Run($"simulate --like {linear} --replicates 3 --effect 1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_kept_comparison_is_studied_by_both_sides_and_can_be_asked_again()
    {
        const string words = "'y ~ arm + x' --cluster cluster --treatment arm --nodes 9 --no-checks";
        var kept = Keep("compare", words);
        var study = Run($"simulate --like {kept} --replicates 3 --format json");
        using var own = System.Text.Json.JsonDocument.Parse(study);
        using var other = System.Text.Json.JsonDocument.Parse(Run($"simulate --like {fit} --replicates 3 --format json"));
        foreach (var place in new[] { 0, 1 })
        {
            Assert.Equal(Method(other, place).GetProperty("truth").GetDouble(), Method(own, place).GetProperty("truth").GetDouble(), 1e-6);
        }

        Assert.Equal("glmm", Method(own, 0).GetProperty("method").GetString());
        Assert.Equal(Run($"compare {data} {words}"), Run($"compare --fit {kept}"));

        static System.Text.Json.JsonElement Method(System.Text.Json.JsonDocument document, int place) =>
            document.RootElement.GetProperty("scenarios")[0].GetProperty("methods")[place];
    }

    [Fact]
    public void Ordinal_fits_and_comparisons_are_mechanisms()
    {
        var rows = Enumerable.Range(0, 160).Select(i => (Cluster: i / 8, Y: 1 + (((i / 8 * 7) + (i * 5) + (i / 8 % 2 * (i % 3))) % 4 % 3)));
        var lines = rows.Select(row => FormattableString.Invariant($"{row.Cluster},{row.Cluster % 2},{row.Y}\n"));
        var ordered = folder.Write("ordered.csv", "cluster,arm,y\n" + string.Concat(lines));
        foreach (var line in new[]
        {
            $"glmm {ordered} 'y ~ arm + (1 | cluster)' --family ordinal --nodes 7 --save {At("o.json")}",
            $"compare {ordered} 'y ~ arm' --cluster cluster --family ordinal --nodes 7 --save {At("c.json")}",
        })
        {
            Run(line);
            var kept = line.Split(' ')[^1];
            var table = Run($"simulate --like {kept} --effect 0.4 --replicates 4");
            Assert.Contains("glmm  ", table, StringComparison.Ordinal);
            Assert.Contains("gee  ", table, StringComparison.Ordinal);
            Assert.Contains("0.4000", table, StringComparison.Ordinal);
        }

        foreach (var command in new[] { "glmm", "gee" })
        {
            var formula = command == "glmm" ? "'y ~ arm + (1 | cluster)' --nodes 7" : "'y ~ arm' --cluster cluster --corr independence";
            Run($"{command} {ordered} {formula} --family ordinal --nominal arm --save {At("n.json")}");
            Assert.Contains("gee  ", Run($"simulate --like {At("n.json")} --replicates 3"), StringComparison.Ordinal);
            Refused($"simulate --like {At("n.json")} --effect 1", "no one effect");
        }

        Run($"gee {ordered} 'y ~ arm' --cluster cluster --corr independence --family ordinal --save {At("m.json")}");
        Assert.Contains("0.3000", Run($"simulate --like {At("m.json")} --effect 0.3 --replicates 4"), StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_by_person_are_kept_asked_again_and_are_mechanisms()
    {
        const string words = "'y ~ arm + x' --treatment arm --standardized-se ye --no-checks";
        Run($"compare {data} {words} --save {At("persons.json")}");
        Assert.Equal(Run($"compare {data} {words}"), Run($"compare --fit {At("persons.json")}"));
        var table = Run($"simulate --like {At("persons.json")} --effect 0.6 --clusters 200 --replicates 20");
        Assert.Contains("rung-3  ", table, StringComparison.Ordinal);
        Assert.Contains("coefficient  ", table, StringComparison.Ordinal);
        Assert.Contains("0.6000", table, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_a_sentence()
    {
        Refused($"simulate --like {folder.Write("no.json", "{}")}", "not a fit that --save kept");
        Refused($"simulate --like {fit} --data {folder.Write("other.csv", "cluster,arm,x,y\n1,0,0,0\n")}", "SHA-256");
        Refused($"simulate --like {fit} --treatment arn", "Did you mean \"arm\"");
        Refused($"simulate --like {fit} --clusters 2", "4 or more");
        Refused($"simulate --like {fit} --effect much", "has to be a number");
        Refused($"simulate {fit} --like {fit}", "takes the place of a study file");
        Refused("simulate --effect 1 study.yaml", "without --like");
        Refused("simulate", "no study");
        var without = Keep("glmm", "'y ~ x + (1 | cluster)'");
        Refused($"simulate --like {without}", "no treatment to vary");
        var other = File.ReadAllText(fit).Replace("\"command\": \"glmm\"", "\"command\": \"meta\"", StringComparison.Ordinal);
        Refused($"simulate --like {folder.Write("meta.json", other)}", "no mechanism");
        var wrong = File.ReadAllText(fit).Replace("--nodes=9", "--nodes=nine", StringComparison.Ordinal);
        Refused($"simulate --like {folder.Write("wrong.json", wrong)}", "--nodes");
        var torn = File.ReadAllText(fit).Replace("\"--nodes=9\"", "\"--threads\", \"--nodes=9\"", StringComparison.Ordinal);
        Refused($"simulate --like {folder.Write("torn.json", torn)}", "options that this version does not know");
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private string Replicates(string name) => File.ReadAllText(Path.Combine(At(name), SimulateCommandFiles.ReplicatesName));

    private string Keep(string command, string rest)
    {
        var kept = At(command == "glmm" && !File.Exists(At("fit.json")) ? "fit.json" : $"{command}.json");
        Run($"{command} {data} {rest} --save {kept}");
        return kept;
    }

    private static string Run(string line)
    {
        var run = Margcond.RunLine(line);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Out;
    }

    private static void Refused(string line, string words)
    {
        var run = Margcond.RunLine(line);
        Assert.Equal(2, run.ExitCode);
        var text = string.Join(' ', run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(words, text, StringComparison.Ordinal);
    }
}
