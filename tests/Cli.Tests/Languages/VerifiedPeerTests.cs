using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Languages;

/// <summary>The laws on geepack: as it is, rows of a cluster have to lie together; with sorted rows it keeps them.</summary>
public sealed class VerifiedPeerTests
{
    private const string AsItIs = "Rscript examples/verify-your-estimator/geepack.R";

    /// <summary>geepack 1.3.9 takes each run of rows with one identifier for a cluster, which its manual says; no error is given.</summary>
    [PeerFact]
    public void Unsorted_rows_are_caught_with_a_few_rows()
    {
        var run = InRepository("verify", "--command", AsItIs, "--law", "row-order", "--law", "cluster-labels", "--tests", "20");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("row-order is broken:", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 law of 2 kept.", run.Out, StringComparison.Ordinal);
        var rows = run.Out.Split('\n').Count(line => line.StartsWith("    c", StringComparison.Ordinal) && char.IsDigit(line[5]));
        Assert.InRange(rows / 2, 3, 12);
    }

    [PeerFact]
    public void Sorted_rows_keep_the_laws()
    {
        var run = InRepository(
            "verify", "--command", AsItIs + " --sorted", "--tests", "12", "--law",
            "repeatable,row-order,cluster-labels,column-order,reference-level,outcome-complement,two-copies,brute-force");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.Contains("8 laws: nothing breaks them.", run.Out, StringComparison.Ordinal);
    }

    /// <summary>What the page on verification shows is what is printed.</summary>
    [PeerFact]
    public void The_page_shows_what_is_printed()
    {
        var page = File.ReadAllText(Repository.File("docs/verification.md"));
        var run = InRepository("verify", "--command", AsItIs, "--law", "row-order");
        Assert.Contains($"```text\n{run.Out.TrimEnd('\n')}\n```", page, StringComparison.Ordinal);
    }

    private static RunResult InRepository(params string[] arguments)
    {
        var start = Peers.Start("dotnet", [typeof(Application).Assembly.Location, .. arguments]);
        start.WorkingDirectory = Repository.Root;
        start.StandardOutputEncoding = System.Text.Encoding.UTF8;
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new RunResult(process.ExitCode, output, error);
    }
}
