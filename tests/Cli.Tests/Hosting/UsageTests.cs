using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Hosting;

public sealed class UsageTests
{
    [Theory]
    [InlineData("gea", "There is no command \"gea\". Did you mean \"gee\"?")]
    [InlineData("--verison", "The program has no option --verison. Did you mean \"--version\"?")]
    [InlineData("gee", "The command gee needs DATA.csv, which was not given.")]
    [InlineData("gee toenail.csv", "The command gee needs FORMULA, which was not given.")]
    [InlineData("gee toenail.csv y ~ time --cluster patientID", "The command gee has no use for \"~\".")]
    [InlineData("gee toenail.csv 'y ~ time'", "--cluster is required.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster", "--cluster needs a value.")]
    [InlineData("gee toenail.csv 'y ~ time' --clutser patientID", "The command gee has no option --clutser. Did you mean \"--cluster\"?")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --corr exchangable", "--corr does not know \"exchangable\". Did you mean \"exchangeable\"?")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --family binominal", "--family does not know \"binominal\". Did you mean \"binomial\"?")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --level 95", "--level has to lie between 0 and 1, such as 0.95.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --level high", "--level takes a number, and \"high\" is not one.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --threads two", "--threads takes a whole number, and \"two\" is not one.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --cluster visit", "--cluster is given more than once.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --threads -2", "--threads has to be 0 (all processors) or more.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --reference placebo", "--reference cannot read \"placebo\".")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --width 12", "--width is 12, but has to be 40 or more.")]
    public void A_wrong_command_line_gets_one_sentence_and_nothing_on_stdout(string line, string sentence)
    {
        var result = Margcond.RunLine(line, width: 400);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(string.Empty, result.Out);
        Assert.StartsWith("margcond: " + sentence, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_a_command_too()
    {
        Assert.Equal(Margcond.Run("gee", "--help").Out, Margcond.Run("help", "gee").Out);
        Assert.Equal(Margcond.Run("--help").Out, Margcond.Run("help").Out);
        var wrong = Margcond.Run("help", "gea");
        Assert.Equal(2, wrong.ExitCode);
        Assert.StartsWith("margcond: There is no command \"gea\". Did you mean \"gee\"?", wrong.Error, StringComparison.Ordinal);
    }

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

    [Fact]
    public void Version_is_one_line_on_stdout()
    {
        var result = Margcond.Run("--version");
        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"^margcond \d+\.\d+\.\d+\n$", result.Out);
    }
}
