using System.Diagnostics;
using System.Globalization;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Cli.Tests.Commands.Simulate;

/// <summary>
/// Processes that are killed at keyed random moments: while they start, while they run, while they write their last files. Whatever
/// they leave, no row that was safe is lost, and going on ends in the bytes of a run that nobody disturbed.
/// </summary>
/// <remarks><c>MARGCOND_KILLS</c> says how many; two are the ordinary test.</remarks>
public sealed class KilledRunTests : IDisposable
{
    private const int Replicates = 150;

    private static readonly string Study = FormattableString.Invariant($$"""
        study: killed
        seed: 5
        replicates: {{Replicates}}
        data-generating-mechanisms:
          clusters: 16
          cluster-size: 6
          sigma: [0.5, 1.5]
          effect: 1
        estimands: [conditional, marginal]
        methods:
          - glmm: {nodes: 7}
          - gee
        """);

    private static readonly string[] Files = ["manifest.json", "replicates.csv", "study.yaml", "summary.csv", "summary.json"];
    private readonly TemporaryFolder folder = new();
    private readonly string study;

    public KilledRunTests() => study = folder.Write("study.yaml", Study);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_run_that_is_killed_again_and_again_ends_in_the_same_bytes()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("MARGCOND_KILLS") ?? "2", CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        using (var undisturbed = Start("whole", "2"))
        {
            undisturbed.WaitForExit();
            Assert.Equal(0, undisturbed.ExitCode);
        }

        var duration = clock.Elapsed.TotalMilliseconds;
        var (cut, runs) = ("cut0", 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var before = Rows(cut);
            Kill(new RandomStream(23, (ulong)kill, 1), cut, before.Count, duration);
            Assert.Superset(before, Rows(cut));
            AssertResumes(cut, "probe" + kill.ToString(CultureInfo.InvariantCulture));
            if (SimulateCommandManifest.Read(At(cut)) is { Complete: true })
            {
                cut = "cut" + (++runs).ToString(CultureInfo.InvariantCulture);
            }
        }

        AssertResumes(cut, "last");
    }

    /// <summary>Goes on in the folder, which may not even be there, and ends the process at the moment that the stream draws.</summary>
    private void Kill(RandomStream stream, string results, int kept, double duration)
    {
        var (kind, share, more) = (stream.NextUniform(), stream.NextUniform(), stream.NextUniform());
        using var process = Start(results, stream.NextUniform() < 0.5 ? "1" : "2", "--resume");
        var clock = Stopwatch.StartNew();
        var rows = kept + (int)(share * ((4 * Replicates) - kept));
        while (!process.HasExited && !(kind < 0.3 ? clock.Elapsed.TotalMilliseconds > share * duration
            : kind < 0.7 ? Rows(results).Count >= rows
            : IsFinishing(results)))
        {
            Thread.Sleep(1);
        }

        Thread.Sleep(TimeSpan.FromMilliseconds(kind < 0.7 ? 4 * more : 12 * more * more));
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>Whether the new rows, or what follows them, are being written.</summary>
    private bool IsFinishing(string results)
    {
        var manifest = Path.Combine(At(results), SimulateCommandManifest.FileName);
        try
        {
            return File.Exists(manifest) && File.ReadAllText(manifest).Contains("nextReplicates", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void AssertResumes(string results, string copy)
    {
        Directory.CreateDirectory(At(copy));
        if (Directory.Exists(At(results)))
        {
            foreach (var path in Directory.EnumerateFiles(At(results)))
            {
                File.Copy(path, Path.Combine(At(copy), Path.GetFileName(path)));
            }
        }

        var resumed = Margcond.Run("simulate", study, "--out", At(copy), "--resume");
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(Files, Directory.EnumerateFileSystemEntries(At(copy)).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var name in Files)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(At("whole"), name)), File.ReadAllBytes(Path.Combine(At(copy), name)));
        }
    }

    private Process Start(string results, string threads, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words = [typeof(Application).Assembly.Location, "simulate", study, "--out", At(results), "--threads", threads, .. more];
        foreach (var word in words)
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    /// <summary>The whole rows that the files of a folder hold.</summary>
    private HashSet<string> Rows(string results)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in new[] { SimulateCommandFiles.PartialName, SimulateCommandFiles.ReplicatesName })
        {
            try
            {
                var path = Path.Combine(At(results), name);
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream);
                var text = reader.ReadToEnd();
                rows.UnionWith(text[..(text.LastIndexOf('\n') + 1)].Split('\n').Where(row => row.Length > 0 && char.IsAsciiDigit(row[0])));
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                // There are no such rows yet, or no longer.
            }
        }

        return rows;
    }

    private string At(string name) => Path.Combine(folder.Path, name);
}
