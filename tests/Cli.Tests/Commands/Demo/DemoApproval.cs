using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Demo;

public sealed class DemoApproval
{
    [Fact]
    public void The_demonstration_reads_as_approved()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "demo.html");
        var result = Margcond.Run("demo", "--replicates", "20", "--report", path);
        Assert.Equal(0, result.ExitCode);
        Approved.Match("demo", result.Transcript.Replace(path, "demo.html", StringComparison.Ordinal));
        Assert.Contains("Why the numbers differ", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void The_demonstration_does_not_depend_on_the_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["demo", "--replicates", "20", "--report", Path.Combine(folder.Path, "demo.html")];
        Assert.Equal(Margcond.Run(command).Out, Margcond.Run([.. command, "--threads", "1"]).Out);
    }

    [Fact]
    public void Without_a_place_for_it_the_report_is_among_the_temporary_files()
    {
        var result = Margcond.Run("demo", "--replicates", "2");
        var path = result.Out.Split('\n').Single(line => line.EndsWith("report.html", StringComparison.Ordinal)).Trim();
        Assert.StartsWith(Path.GetTempPath(), path, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(path), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void A_report_that_is_not_HTML_is_refused() => Assert.Equal(2, Margcond.Run("demo", "--report", "demo.pdf").ExitCode);

    [Fact]
    public void The_built_in_trial_is_the_example_file() =>
        Assert.Equal(File.ReadAllText(Repository.File("examples", "toenail", "toenail.csv")), Margcond.Run("demo", "--data").Out);
}
