using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Hosting;

/// <summary>What <see cref="UsageError"/> makes of a wrong command line.</summary>
public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("gea", "There is no command \"gea\". Did you mean \"gee\"?")]
    [InlineData("--verison", "The program has no option --verison. Did you mean \"--version\"?")]
    [InlineData("gee", "The command gee needs DATA.csv, which was not given.")]
    [InlineData("gee toenail.csv", "The command gee needs FORMULA, which was not given.")]
    [InlineData("gee toenail.csv y ~ time --cluster patientID", "The command gee has no use for \"~\".")]
    [InlineData("lmm toenail.csv --formula 'y ~ time'", "The command lmm has no option --formula. Did you mean \"--format\"?")]
    [InlineData("lmm 'y ~ time' --data toenail.csv", "The command lmm has no option --data.")]
    [InlineData("gee toenail.csv 'y ~ time'", "--cluster is required.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster", "--cluster needs a value.")]
    [InlineData("gee toenail.csv 'y ~ time' --clutser patientID", "The command gee has no option --clutser. Did you mean \"--cluster\"?")]
    [InlineData(
        "gee toenail.csv 'y ~ time' --cluster patientID --corr exchangable",
        "--corr does not know \"exchangable\". Did you mean \"exchangeable\"?")]
    [InlineData(
        "gee toenail.csv 'y ~ time' --cluster patientID --family binominal",
        "--family does not know \"binominal\". Did you mean \"binomial\"?")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --level 95", "--level has to lie between 0 and 1, such as 0.95.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --level high", "--level takes a number, and \"high\" is not one.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --threads two", "--threads takes a whole number, and \"two\" is not one.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --wave visit --wave time", "--wave is given more than once.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --threads -2", "--threads has to be 0 (all processors) or more.")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --reference placebo", "--reference cannot read \"placebo\".")]
    [InlineData("gee toenail.csv 'y ~ time' --cluster patientID --width 12", "--width is 12, but has to be from 40 to 10000.")]
    public void A_wrong_command_line_gets_one_sentence_and_nothing_on_stdout(string line, string sentence)
    {
        var result = Margcond.RunLine(line, width: 400);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal(string.Empty, result.Out);
        Assert.StartsWith("margcond: " + sentence, result.Error, StringComparison.Ordinal);
    }
}
