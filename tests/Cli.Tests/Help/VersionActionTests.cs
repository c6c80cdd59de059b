using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Help;

public sealed class VersionActionTests
{
    [Fact]
    public void Version_is_one_line_on_stdout()
    {
        var result = Margcond.Run("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^margcond \d+\.\d+\.\d+\n$", result.Out);
    }
}
