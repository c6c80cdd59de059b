using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Help;

public sealed class VersionActionTests
{
    [Fact]
    public void Version_and_commit_are_one_line_on_stdout()
    {
        var result = Margcond.Run("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^margcond \d+\.\d+\.\d+( \(commit [0-9a-f]{10}\))?\n$", result.Out);
    }
}
