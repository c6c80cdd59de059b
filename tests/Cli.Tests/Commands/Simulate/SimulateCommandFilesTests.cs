using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Storage;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>
/// Parts, merging and resuming: what <see cref="SimulateCommandFiles"/> and
/// <see cref="SimulateCommandManifest"/> keep in the folder of a study.
/// </summary>
public sealed class SimulateCommandFilesTests : IDisposable
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

    private static readonly string[] Files = ["replicates.csv", "summary.csv", "summary.json", "manifest.json", "study.yaml"];
    private readonly TemporaryFolder folder = new();
    private readonly string study;

    public SimulateCommandFilesTests()
    {
        study = folder.Write("study.yaml", Study);
        Assert.Equal(0, Simulate("whole").ExitCode);
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Merged_parts_are_byte_for_byte_the_whole()
    {
        foreach (var part in new[] { "1", "2", "3" })
        {
            Assert.Equal(0, Simulate("part" + part, "--shard", part + "/3").ExitCode);
        }

        var merged = Margcond.Run("merge", At("part2"), At("part1"), At("part3"), "--out", At("merged"));
        Assert.Equal(0, merged.ExitCode);
        AssertSameFiles("whole", "merged");
    }

    [Fact]
    public void Parts_counted_from_zero_are_the_same_parts()
    {
        Simulate("a", "--shard", "2/3");
        Simulate("b", "--shard", "1/3", "--zero-based");
        Assert.Equal(Read("a", "replicates.csv"), Read("b", "replicates.csv"));
    }

    [Fact]
    public void Gaps_overlaps_and_edited_parts_are_refused_and_named()
    {
        Simulate("part1", "--shard", "1/2");
        Simulate("part2", "--shard", "2/2");
        var gap = Margcond.Run("merge", At("part1"), "--out", At("m1"));
        Assert.Equal(2, gap.ExitCode);
        Assert.Contains("scenario 1, replicate 13", Joined(gap.Error), StringComparison.Ordinal);
        Assert.Equal(0, Margcond.Run("merge", At("part1"), "--out", At("m2"), "--allow-gaps").ExitCode);
        var overlap = Margcond.Run("merge", At("part1"), At("part2"), At("part1"), "--out", At("m3"));
        Assert.Equal(2, overlap.ExitCode);
        Assert.Contains("overlap", Joined(overlap.Error), StringComparison.Ordinal);
        var path = Path.Combine(At("part2"), "replicates.csv");
        File.WriteAllText(path, File.ReadAllText(path).Replace(",converged", ",warned", StringComparison.Ordinal));
        var edited = Margcond.Run("merge", At("part1"), At("part2"), "--out", At("m4"));
        Assert.Equal(2, edited.ExitCode);
        Assert.Contains("edited", Joined(edited.Error), StringComparison.Ordinal);
        Assert.Contains("part2", Joined(edited.Error), StringComparison.Ordinal);
        Assert.Contains("Lines 1 to 1000", Joined(edited.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_another_study_or_seed_are_refused()
    {
        Simulate("part1", "--shard", "1/2");
        Simulate("part2", "--shard", "2/2", "--seed", "4");
        Assert.Equal(2, Margcond.Run("merge", At("part1"), At("part2"), "--out", At("m")).ExitCode);
        Assert.Equal(2, Margcond.Run("merge", folder.Path, "--out", At("m")).ExitCode);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(7, false)]
    [InlineData(40, true)]
    public void A_run_that_was_killed_is_resumed_to_the_same_bytes(int finished, bool torn)
    {
        // What a killed run leaves: the manifest of the start, and the partial
        // file with rows in any order, perhaps cut in the middle of one.
        Cut("cut", finished, torn);
        Assert.Equal(2, Simulate("cut").ExitCode);
        Assert.Equal(0, Simulate("cut", "--resume").ExitCode);
        AssertSameFiles("whole", "cut");
        Assert.False(File.Exists(Path.Combine(At("cut"), "replicates.partial.csv")));
    }

    [Fact]
    public void Resuming_does_not_run_known_replicates_again()
    {
        Cut("cut", finished: 50, torn: false);
        var path = Path.Combine(At("cut"), "replicates.partial.csv");
        var rows = File.ReadAllLines(path).Where(row => !row.StartsWith('#')).ToArray();
        var fields = rows[0].Split(',');
        fields[4] = "123.5";
        rows[0] = string.Join(',', fields);
        File.Delete(path);
        using (var journal = RowJournal.Open(path))
        {
            journal.Append(string.Join('\n', rows) + "\n");
        }

        Simulate("cut", "--resume");
        Assert.Contains(",123.5,", Read("cut", "replicates.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_edited_after_they_were_written_are_refused_by_their_lines()
    {
        Cut("cut", finished: 50, torn: false);
        var path = Path.Combine(At("cut"), "replicates.partial.csv");
        var lines = File.ReadAllLines(path);
        lines[14] = lines[14].Replace(",NA,", ",7,", StringComparison.Ordinal);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        var resumed = Simulate("cut", "--resume");
        Assert.Equal(2, resumed.ExitCode);
        Assert.Contains("Lines 12 to 22", Joined(resumed.Error), StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', lines) + "\n", File.ReadAllText(path));
    }

    [Fact]
    public void Resuming_with_other_options_is_refused()
    {
        Cut("cut", finished: 10, torn: false);
        Assert.Equal(2, Simulate("cut", "--resume", "--seed", "5").ExitCode);
        Assert.Equal(2, Simulate("cut", "--resume", "--shard", "1/2").ExitCode);
        Assert.Equal(2, Margcond.Run("simulate", study, "--resume").ExitCode);
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("a/b")]
    public void Shards_outside_their_range_are_refused(string shard) =>
        Assert.Equal(2, Margcond.Run("simulate", study, "--shard", shard).ExitCode);

    [Fact]
    public void Shards_cover_all_replicates_once()
    {
        for (var count = 1; count <= 9; count++)
        {
            var next = 0;
            for (var index = 0; index < count; index++)
            {
                var (first, end) = new Shard(index, count).Range(25);
                Assert.Equal(next, first);
                next = end;
            }

            Assert.Equal(25, next);
        }
    }

    private void Cut(string name, int finished, bool torn)
    {
        Directory.CreateDirectory(At(name));
        var manifest = Read("whole", "manifest.json");
        var start = manifest.IndexOf("\"replicatesSha256\": \"", StringComparison.Ordinal);
        var end = manifest.IndexOf("\"scenarioHashes\"", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(At(name), "manifest.json"), manifest
            .Replace(manifest[start..end], "\"replicatesSha256\": null,\n", StringComparison.Ordinal)
            .Replace("\"complete\": true", "\"complete\": false", StringComparison.Ordinal));
        var rows = Read("whole", "replicates.csv")
            .TrimEnd('\n')
            .Split('\n')
            .Skip(1)
            .Chunk(2)
            .Reverse()
            .Take(finished)
            .SelectMany(pair => pair)
            .ToArray();
        var path = Path.Combine(At(name), "replicates.partial.csv");
        using (var journal = RowJournal.Open(path))
        {
            foreach (var block in rows.Chunk(10))
            {
                journal.Append(string.Concat(block.Select(row => row + "\n")));
            }
        }

        if (torn)
        {
            File.WriteAllText(path, File.ReadAllText(path)[..^9]);
        }
    }

    private RunResult Simulate(string name, params string[] options) => Margcond.Run(["simulate", study, "--out", At(name), .. options]);

    private string At(string name) => Path.Combine(folder.Path, name);

    private string Read(string name, string file) => File.ReadAllText(Path.Combine(At(name), file));

    private void AssertSameFiles(string a, string b)
    {
        foreach (var file in Files)
        {
            Assert.Equal(Read(a, file), Read(b, file));
        }
    }

    private static string Joined(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
