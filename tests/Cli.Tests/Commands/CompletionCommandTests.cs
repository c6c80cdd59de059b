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

    [Fact]
    public void Runs_at_the_same_time_share_no_option()
    {
        const string Line = "margcond gee examples/toenail/toenail.csv 'y ~ time' --cluster pat";
        var words = new string[200];
        Parallel.For(0, words.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, run =>
            words[run] = Margcond.Run($"[suggest:{Line.Length}]", Line).Out.Trim());
        Assert.Equal("patientID", Assert.Single(words.Distinct()));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    [InlineData("pwsh")]
    public void The_completion_script_asks_the_program(string shell) =>
        Assert.Contains("\"[suggest:", Margcond.Run("completion", shell).Out, StringComparison.Ordinal);
}
