using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>The example of a study whose data and methods are in R and Python, from the study file alone.</summary>
public sealed class PolyglotStudyTests : IDisposable
{
    private static readonly string Study = Path.Combine(Repository.Root, "simulations", "polyglot", "study.yaml");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>
    /// geepack 1.3.9, lme4 1.1-31 and statsmodels 0.13.5 against this program on the same data: GEE to 1e-6 (each package stops at a
    /// tolerance of its own), glmer to 2e-3, since its optimizer stops early by default.
    /// </summary>
    [PeerFact]
    public void The_same_data_give_the_same_estimates_in_three_languages()
    {
        Assert.Equal(0, Run("whole"));
        var rows = File.ReadLines(Path.Combine(At("whole"), "replicates.csv")).Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.Equal(2 * 3 * 5, rows.Length);
        foreach (var replicate in rows.GroupBy(row => row[0] + "," + row[1]))
        {
            var of = replicate.ToDictionary(
                row => row[2],
                row => (Estimate: Number(row[4]), Error: Number(row[5])),
                StringComparer.Ordinal);
            foreach (var (peer, own, tolerance) in new[] { ("geepack", "gee", 1e-6), ("statsmodels", "gee", 1e-6), ("lme4", "glmm", 2e-3) })
            {
                Assert.Equal(of[own].Estimate, of[peer].Estimate, tolerance);
                Assert.Equal(of[own].Error, of[peer].Error, tolerance);
            }
        }

        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(At("whole"), "manifest.json")));
        Assert.Contains("geepack", manifest.RootElement.GetProperty("commands")[0].GetString(), StringComparison.Ordinal);
    }

    [PeerFact]
    public void A_study_in_other_languages_goes_on_after_a_kill()
    {
        Assert.Equal(0, Run("whole"));
        using (var killed = Start("cut"))
        {
            var partial = Path.Combine(At("cut"), "replicates.partial.csv");
            while (!killed.HasExited && !(File.Exists(partial) && new FileInfo(partial).Length > 0))
            {
                Thread.Sleep(2);
            }

            killed.Kill();
            killed.WaitForExit();
        }

        Assert.Equal(0, Run("cut", "--resume"));
        foreach (var name in new[] { "replicates.csv", "summary.csv", "manifest.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(At("whole"), name)), File.ReadAllBytes(Path.Combine(At("cut"), name)));
        }
    }

    private int Run(string name, params string[] more)
    {
        using var process = Start(name, more);
        process.StandardOutput.ReadToEnd();
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
        return process.ExitCode;
    }

    private Process Start(string name, params string[] more) => Process.Start(Peers.Start(
        "dotnet",
        [typeof(Application).Assembly.Location, "simulate", Study, "--replicates", "3", "--out", At(name), "--threads", "1", .. more]))!;

    private string At(string name) => Path.Combine(folder.Path, name);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
