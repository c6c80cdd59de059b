using System.Diagnostics;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Files;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>Nothing that is in a folder is lost: <see cref="SimulateCommandClaim"/>, and runs that are killed again and again.</summary>
public sealed class SimulateCommandClaimTests : IDisposable
{
    private const string Study = """
        study: slow
        seed: 5
        replicates: 120
        data-generating-mechanisms:
          clusters: 30
          cluster-size: 8
          sigma: [0.5, 1.5]
          effect: 1
        estimands: [conditional, marginal]
        methods:
          - glmm: {nodes: 15}
          - gee
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string study;

    public SimulateCommandClaimTests() => study = folder.Write("study.yaml", Study);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_killed_three_times_keeps_every_row_and_ends_in_the_same_bytes()
    {
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("whole")).ExitCode);
        var kept = 0;
        string[] first = ["simulate", study, "--out", At("cut"), "--threads", "1"];
        for (var kill = 0; kill < 3; kill++)
        {
            Kill(kill == 0 ? first : [.. first, "--resume"], At("cut"), kept + 30);
            var rows = Rows(At("cut"));
            Assert.True(rows.Count >= kept, $"{kept} rows became {rows.Count} at kill {kill + 1}.");
            kept = rows.Count;
        }

        Assert.Equal(2, Margcond.Run(first).ExitCode);
        Assert.Equal(kept, Rows(At("cut")).Count);
        Assert.Equal(0, Margcond.Run([.. first, "--resume"]).ExitCode);
        foreach (var name in new[] { "replicates.csv", "summary.csv", "summary.json", "manifest.json", "study.yaml" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(At("whole"), name)), File.ReadAllText(Path.Combine(At("cut"), name)));
        }
    }

    [Fact]
    public void Rows_that_an_interrupted_run_wrote_survive_a_kill_right_after_resuming()
    {
        // Ctrl-C, --resume, kill -9 before anything was finished, --resume: the manifest names the rows all the time.
        Interrupt(At("cut"));
        var rows = Rows(At("cut"));
        Kill(["simulate", study, "--out", At("cut"), "--resume", "--threads", "1"], At("cut"), rows.Count + 1);
        Assert.True(Rows(At("cut")).Count >= rows.Count);
        var manifest = File.ReadAllText(Path.Combine(At("cut"), "manifest.json"));
        Assert.DoesNotContain("\"replicatesSha256\": null", manifest, StringComparison.Ordinal);
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("cut"), "--resume").ExitCode);
        Assert.Equal(2 * 120 * 2, Rows(At("cut")).Count);
    }

    [Fact]
    public void A_kill_between_the_new_rows_and_their_manifest_loses_nothing()
    {
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("whole")).ExitCode);
        Interrupt(At("cut"));
        var manifest = Path.Combine(At("cut"), "manifest.json");
        var before = File.ReadAllText(manifest);
        var next = FileHash.Of(Path.Combine(At("whole"), "replicates.csv"));
        var both = before.Replace(
            "\"scenarioHashes\"", $"\"nextReplicatesSha256\": \"{next}\",\n  \"scenarioHashes\"", StringComparison.Ordinal);
        File.WriteAllText(manifest, both);
        File.Copy(Path.Combine(At("whole"), "replicates.csv"), Path.Combine(At("cut"), "replicates.csv"), overwrite: true);
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("cut"), "--resume").ExitCode);
        Assert.Equal(File.ReadAllText(Path.Combine(At("whole"), "manifest.json")), File.ReadAllText(manifest));
    }

    [Fact]
    public void Rows_that_no_manifest_vouches_for_are_neither_merged_nor_resumed()
    {
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("part")).ExitCode);
        var manifest = Path.Combine(At("part"), "manifest.json");
        var hash = FileHash.Of(Path.Combine(At("part"), "replicates.csv"));
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace($"\"{hash}\"", "null", StringComparison.Ordinal));
        foreach (var run in new[]
        {
            Margcond.Run("merge", At("part"), "--out", At("merged")),
            Margcond.Run("simulate", study, "--out", At("part"), "--resume"),
        })
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("edited", run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_with_anything_in_it_is_refused_and_left_as_it_is_unless_told()
    {
        Directory.CreateDirectory(At("mine"));
        var notes = Path.Combine(At("mine"), "summary.csv");
        File.WriteAllText(notes, "my own\n");
        var refused = Margcond.Run("simulate", study, "--out", At("mine"));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--overwrite", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, Margcond.Run("simulate", study, "--out", At("mine"), "--resume").ExitCode);
        Assert.Equal("my own\n", File.ReadAllText(notes));
        Assert.Equal([notes], Directory.GetFileSystemEntries(At("mine")));
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("mine"), "--overwrite", "--replicates", "4").ExitCode);
        Assert.Equal(2, Margcond.Run("simulate", study, "--out", At("mine")).ExitCode);
        Assert.Equal(2, Margcond.Run("merge", At("mine"), "--out", At("mine")).ExitCode);
        Assert.Equal(2, Margcond.Run("merge", At("mine"), "--out", folder.Path).ExitCode);
        Assert.Equal(2, Margcond.Run("simulate", study, "--out", At("mine"), "--overwrite", "--resume").ExitCode);
    }

    [Fact]
    public void A_folder_that_holds_the_study_file_alone_may_be_used()
    {
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", folder.Path, "--replicates", "4").ExitCode);
        Assert.Equal(Study, File.ReadAllText(study));
    }

    [Fact]
    public void Two_processes_do_not_write_to_one_folder()
    {
        using (SimulateCommandClaim.Take(At("taken")))
        {
            foreach (var more in new[] { "--replicates=4", "--resume", "--overwrite" })
            {
                var run = Margcond.Run("simulate", study, "--out", At("taken"), more);
                Assert.Equal(2, run.ExitCode);
                Assert.Contains("Another process", run.Error, StringComparison.Ordinal);
            }
        }

        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("taken"), "--replicates", "4").ExitCode);
        Assert.False(File.Exists(Path.Combine(At("taken"), SimulateCommandClaim.LockName)));
    }

    /// <summary>Starts the program as a process of its own and kills it once so many rows are safe.</summary>
    private static void Kill(string[] arguments, string results, int rows)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Application).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        while (!process.HasExited && Rows(results).Count < rows)
        {
            Thread.Sleep(2);
        }

        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Leaves what Ctrl-C leaves: some rows in replicates.csv, and a manifest that names them.</summary>
    private void Interrupt(string results)
    {
        Kill(["simulate", study, "--out", results, "--threads", "1"], results, 40);
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new ConsoleStreams { Out = output, Error = error, Cancellation = stop.Token };
        Assert.Equal(130, new Application(streams).Run(["simulate", study, "--out", results, "--resume"]));
        Assert.InRange(Rows(results).Count, 40, (2 * 120 * 2) - 1);
    }

    /// <summary>The whole rows that the files of a folder hold.</summary>
    private static HashSet<string> Rows(string results)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in new[] { "replicates.csv", "replicates.partial.csv" })
        {
            var path = Path.Combine(results, name);
            if (File.Exists(path))
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream);
                var text = reader.ReadToEnd();
                rows.UnionWith(text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Where(row => char.IsAsciiDigit(row[0])));
            }
        }

        return rows;
    }

    private string At(string name) => Path.Combine(folder.Path, name);
}
