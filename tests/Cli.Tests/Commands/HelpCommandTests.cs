using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands;

public sealed class HelpCommandTests
{
    [Fact]
    public void Help_is_a_command_too()
    {
        Assert.Equal(Margcond.Run("gee", "--help").Out, Margcond.Run("help", "gee").Out);
        Assert.Equal(Margcond.Run("--help").Out, Margcond.Run("help").Out);
        var wrong = Margcond.Run("help", "gea");
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("margcond: There is no command \"gea\". Did you mean \"gee\"?", wrong.Error, StringComparison.Ordinal);
    }
}
