using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands;

public sealed class CompletionCommandTests
{
    [Theory]
    [InlineData("margcond ge", "gee")]
    [InlineData("margcond gee --cor", "--corr")]
    [InlineData("margcond gee trial.csv --corr to", "toeplitz")]
    [InlineData("margcond help pl", "plan")]
    [InlineData("margcond gee examples/toenail/toenail.csv 'y ~ time' --cluster pat", "patientID")]
    public void The_shell_is_told_how_a_word_goes_on(string line, string word) =>
        Assert.Contains(word, Margcond.Run($"[suggest:{line.Length}]", line).Out.Split('\n', StringSplitOptions.TrimEntries));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public void The_completion_script_asks_the_program(string shell) =>
        Assert.Contains("[suggest:$COMP_POINT]", Margcond.Run("completion", shell).Out, StringComparison.Ordinal);
}
