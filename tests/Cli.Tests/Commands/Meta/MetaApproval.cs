using System.Globalization;
using System.Text.RegularExpressions;
using MarginalConditional.Cli.Commands.Meta;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Meta;

/// <summary>What <see cref="MetaCommandTable"/> and <see cref="MetaCommandOutput"/> print.</summary>
public sealed class MetaApproval
{
    private const string Counts = "--measure RR --treat tpos,tneg --control cpos,cneg --label author,year";

    [Theory]
    [InlineData("forest", Counts)]
    [InlineData("fixed", Counts + " --method FE")]
    [InlineData("hartung-knapp", Counts + " --method PM --ci hartung-knapp --level 0.9")]
    [InlineData("risk-difference", "--measure RD --treat tpos,tneg --control cpos,cneg --label trial --leave-one-out")]
    [InlineData("funnel", Counts + " --funnel")]
    [InlineData("csv", Counts + " --format csv --leave-one-out")]
    [InlineData("json", Counts + " --format json --funnel")]
    [InlineData("exact", "--measure OR --treat tpos,tneg --control cpos,cneg --label author,year --method exact")]
    public void Trials_of_the_vaccine(string name, string options)
    {
        var run = Margcond.RunLine($"meta {Repository.Data("bcg")} {options}");
        Assert.Equal(0, run.ExitCode);
        Approved.Match("bcg-" + name, Rounded(run.Out));
    }

    [Fact]
    public void Csv_has_both_scales_on_request()
    {
        string[] command =
        [
            "meta", Repository.File("examples/bcg/bcg.csv"), "--measure", "RR", "--treat", "tpos,tneg", "--control", "cpos,cneg",
            "--format", "csv",
        ];
        var plain = Margcond.Run(command).Out.TrimEnd('\n').Split('\n');
        var both = Margcond.Run([.. command, "--exponentiate"]).Out.TrimEnd('\n').Split('\n');
        Assert.All(plain.Zip(both), pair => Assert.StartsWith(pair.First + ",", pair.Second, StringComparison.Ordinal));
        var combined = both.Single(line => line.StartsWith("combined,", StringComparison.Ordinal)).Split(',');
        double At(int place) => double.Parse(combined[place], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal([Math.Exp(At(2)), Math.Exp(At(4)), Math.Exp(At(5))], [At(11), At(12), At(13)]);
        Assert.EndsWith(
            ",NA,NA,NA,NA,NA,NA", both.Single(line => line.StartsWith("tau2,", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_fits_any_width()
    {
        foreach (var width in new[] { 100, 80, 60, 45 })
        {
            var lines = Margcond.RunLine($"meta {Repository.Data("bcg")} {Counts} --funnel", width).Out.Split('\n');
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
        }
    }

    [Fact]
    public void Colour_and_width_do_not_change_the_json()
    {
        var narrow = Margcond.RunLine($"meta {Repository.Data("bcg")} {Counts} --format json", 60);
        var wide = Margcond.RunLine($"meta {Repository.Data("bcg")} {Counts} --format json", 200);
        Assert.Equal(wide.Out, narrow.Out);
    }

    // The last digits of full precision are the processor's, not the format's.
    private static string Rounded(string text) => Regex.Replace(
        text,
        @"-?\d+\.\d{6,}(E[-+]\d+)?",
        number => double.Parse(number.Value, CultureInfo.InvariantCulture).ToString("G9", CultureInfo.InvariantCulture),
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));
}
