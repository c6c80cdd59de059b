using System.Text.RegularExpressions;
using System.Xml.Linq;
using MarginalConditional.Cli.Commands.Reporting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Reporting;

/// <summary><see cref="ReportCommand"/> through the console: page, tables and protocol from a folder of results alone.</summary>
public sealed partial class ReportCommandTests : IDisposable
{
    private const string Study = """
        study: tiny
        seed: 3
        replicates: {coverage-mcse: 0.05}
        aims: >
          Whether <few> clusters & "large" effects
          are enough.
        data-generating-mechanisms:
          clusters: 12
          cluster-size: poisson(5)
          sigma: [0, 2]
          effect: [0, 1]
        estimands: [conditional, marginal]
        methods:
          - glmm: {nodes: 5}
          - gee: {name: corrected, se: kauermann-carroll, df: between-within}
        """;

    private readonly TemporaryFolder folder = new();
    private readonly string study;

    public ReportCommandTests() => study = folder.Write("study.yaml", Study);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_page_has_the_study_by_its_five_parts_and_the_numbers_of_the_run()
    {
        var results = Simulated();
        var run = Margcond.Run("report", results, "--no-timestamp");
        Assert.Equal(0, run.ExitCode);
        var page = File.ReadAllText(Path.Combine(results, "report.html"));
        string[] headings =
        [
            "Aims", "Data-generating mechanisms", "Estimands", "Methods", "Performance measures", "Results as pictures",
            "Results as tables", "Warnings", "The run",
        ];
        Assert.Equal(headings, Headings().Matches(page).Select(match => match.Groups["name"].Value).Take(headings.Length));
        Assert.Contains("Whether &lt;few&gt; clusters &amp; &quot;large&quot; effects are enough.", page, StringComparison.Ordinal);
        Assert.Contains("se kauermann-carroll; df between-within", page, StringComparison.Ordinal);
        Assert.Contains("coverage-mcse 0.05", page, StringComparison.Ordinal);
        Assert.Contains("poisson(5)", page, StringComparison.Ordinal);
        foreach (var kind in new[] { "zip", "lollipop", "nested-loop", "nested-loop-coverage", "attenuation", "type-i-error" })
        {
            Assert.Contains($"{kind}-", page, StringComparison.Ordinal);
        }

        // Every bias of summary.csv stands in the page as rounded there.
        var printed = Margcond.Run("simulate", study).Out;
        var bias = Biases().Match(printed).Value;
        Assert.NotEmpty(bias);
        Assert.Contains(bias, page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_folder_makes_the_same_bytes_and_stays_as_it_was()
    {
        var results = Simulated();
        var before = Directory.GetFiles(results).ToDictionary(path => path, File.ReadAllText);
        Assert.Equal(0, Margcond.Run("report", results, "--out", At("one.html"), "--no-timestamp").ExitCode);
        var first = File.ReadAllText(At("one.html"));
        Assert.Equal(0, Margcond.Run("report", results, "--out", At("one.html"), "--no-timestamp").ExitCode);
        Assert.Equal(first, File.ReadAllText(At("one.html")));
        Assert.Equal(before, Directory.GetFiles(results).ToDictionary(path => path, File.ReadAllText));
    }

    [Fact]
    public void Tables_for_a_paper_and_pictures_are_made_of_a_finished_run()
    {
        var results = Simulated();
        foreach (var (name, mark) in new[]
        {
            ("t.tex", "\\begin{tabular}"), ("t.md", "|:---|"), ("t.html", "<table>"), ("t.json", "\"scenarios\""), ("t.csv", "bias_mcse"),
        })
        {
            Assert.Equal(0, Margcond.Run("report", results, "--tables", At(name)).ExitCode);
            Assert.Contains(mark, File.ReadAllText(At(name)), StringComparison.Ordinal);
        }

        Assert.Equal(File.ReadAllText(Path.Combine(results, "summary.csv")), File.ReadAllText(At("t.csv")));
        Assert.Equal(0, Margcond.Run("report", results, "--plot", $"zip={At("zip.svg")}").ExitCode);
        Assert.Equal("svg", XDocument.Load(At("zip.svg")).Root!.Name.LocalName);
        Assert.False(File.Exists(Path.Combine(results, "report.html")));
    }

    [Fact]
    public void The_protocol_is_filled_in_before_and_after_the_run()
    {
        Assert.Equal(0, Margcond.Run("report", study, "--preregistration", At("before.md")).ExitCode);
        var before = File.ReadAllText(At("before.md"));
        Assert.Equal(10, before.Split('\n').Count(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Contains("There are 4 scenarios", before, StringComparison.Ordinal);
        Assert.Contains("| corrected | gee | se kauermann-carroll; df between-within | marginal |", before, StringComparison.Ordinal);
        Assert.Contains("(asked for: coverage-mcse 0.05)", before, StringComparison.Ordinal);
        Assert.Contains("margcond simulate study.yaml --out results", before, StringComparison.Ordinal);
        Assert.Contains("| 2 | 1 | 1.0000 | 0.6", before, StringComparison.Ordinal);

        Assert.Equal(0, Margcond.Run("simulate", study, "--replicates", "7", "--seed", "8", "--out", At("other")).ExitCode);
        Assert.Equal(0, Margcond.Run("report", At("other"), "--preregistration", At("after.md")).ExitCode);
        Assert.Contains(
            "margcond simulate study.yaml --replicates 7 --seed 8 --out results",
            File.ReadAllText(At("after.md")),
            StringComparison.Ordinal);
        Assert.Equal(0, Margcond.Run("report", study, "--preregistration", At("p.docx")).ExitCode);
        Assert.Equal((byte)'P', File.ReadAllBytes(At("p.docx"))[0]);
    }

    [Fact]
    public void Failures_and_a_part_of_a_study_are_warned_of()
    {
        Assert.Equal(0, Margcond.Run("simulate", study, "--shard", "1/2", "--out", At("part")).ExitCode);
        var run = Margcond.Run("report", At("part"), "--out", At("part.html"));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("part 1/2", run.Error, StringComparison.Ordinal);
        Assert.Contains("part 1/2", File.ReadAllText(At("part.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_folder_of_results_is_refused()
    {
        Refused("There is no such folder", "report", At("nowhere"));
        Refused("There are no results of a study", "report", folder.Path);
        Refused("a report needs results", "report", study);
        Refused("written as HTML", "report", study, "--out", At("page.pdf"));
        Refused("end its name with", "report", study, "--preregistration", At("plan.csv"));
        Refused("--no-timestamp has no effect", "report", study, "--preregistration", At("plan.md"), "--no-timestamp");
        var results = Simulated();
        File.AppendAllText(Path.Combine(results, "replicates.csv"), "1,1\n");
        Refused("replicates.csv", "report", results);
        File.WriteAllText(Path.Combine(results, "study.yaml"), Study + "\n");
        Refused("not the one the manifest describes", "report", results);
    }

    private static void Refused(string message, params string[] arguments)
    {
        var run = Margcond.Run(arguments);
        Assert.Equal(2, run.ExitCode);
        var words = run.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(message, string.Join(' ', words), StringComparison.Ordinal);
        Assert.Empty(run.Out);
    }

    private string Simulated()
    {
        Assert.Equal(0, Margcond.Run("simulate", study, "--out", At("results")).ExitCode);
        return At("results");
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    [GeneratedRegex("<h2 id=\"part\\d+\">(?<name>[^<]*)</h2>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Headings();

    [GeneratedRegex(@"[0-9.]+ \([0-9.]+\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Biases();
}
