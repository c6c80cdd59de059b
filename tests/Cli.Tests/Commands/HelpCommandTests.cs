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

    [Fact]
    public void The_manual_page_has_every_command_and_option_of_the_help()
    {
        var page = Margcond.Run("help", "--man").Out;
        var shown = page.Replace(@"\-", "-", StringComparison.Ordinal);
        foreach (var name in Margcond.Run("[suggest:9]", "margcond ").Out.Split('\n', StringSplitOptions.TrimEntries))
        {
            Assert.Contains(name, shown, StringComparison.Ordinal);
        }

        var lines = Margcond.Run("compare", "--help").Out.Split('\n');
        Assert.All(
            lines.Where(line => line.StartsWith("  --", StringComparison.Ordinal)),
            line => Assert.Contains($@"\fB{line.Trim().Split(' ')[0]}\fR", shown, StringComparison.Ordinal));
    }

    /// <summary>A line that begins with a point or an apostrophe is a request; there are only those that are meant.</summary>
    [Theory]
    [InlineData("help", "--man")]
    [InlineData("help", "compare", "--man")]
    public void Text_of_the_manual_page_is_no_request(params string[] words)
    {
        var result = Margcond.Run(words);
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        var lines = result.Out.TrimEnd('\n').Split('\n');
        Assert.StartsWith(".TH MARGCOND", lines[0], StringComparison.Ordinal);
        Assert.Contains(".SH NAME", lines);
        Assert.All(lines.Where(line => line.StartsWith('.')), line => Assert.Matches("^\\.(TH|SH|SS|TP|PP|nf|fi)( |$)", line));
        Assert.All(lines.Where(line => !line.StartsWith('.')), line =>
        {
            Assert.False(line.StartsWith('\''), line);
            Assert.Matches(@"^([^\\]|\\(e|-|&|f[BIR]|\((aq|dq|ha|ti|ga)))*$", line);
        });
    }
}
