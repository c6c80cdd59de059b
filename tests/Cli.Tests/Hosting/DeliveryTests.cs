using System.Text.Json;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Hosting;

/// <summary>What goes where: results to stdout or a file, remarks to stderr, the ending to the exit code.</summary>
public sealed class DeliveryTests
{
    private const string Fit = "gee examples/toenail/toenail.csv 'y ~ treatment * time' --cluster patientID";

    [Fact]
    public void A_file_gets_the_result_and_stdout_nothing()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "fit.txt");
        var result = Margcond.RunLine($"{Fit} --out '{path}'");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(string.Empty, result.Out);
        Assert.Equal(Margcond.RunLine(Fit).Out, File.ReadAllText(path));
    }

    [Fact]
    public void A_fit_that_did_not_converge_is_printed_and_ends_with_3()
    {
        var result = Margcond.RunLine(Fit + " --max-iterations 2 --format json");
        Assert.Equal(3, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        Assert.False(json.RootElement.GetProperty("convergence").GetProperty("converged").GetBoolean());
        Assert.Equal("iteration-limit", json.RootElement.GetProperty("convergence").GetProperty("status").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("coefficients").GetArrayLength());
    }

    [Fact]
    public void Warnings_of_a_table_go_to_stderr()
    {
        var result = Margcond.RunLine(Fit + " --max-iterations 2");
        Assert.DoesNotContain("warning", result.Out, StringComparison.Ordinal);
        Assert.Contains("margcond: warning: ", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fit, "scale correlation")]
    [InlineData("glmm examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)'", "logLik aic bic nodes randomEffects icc medianOddsRatio designEffect")]
    [InlineData("lmm tests/reference/data/sleepstudy.csv 'Reaction ~ Days + (Days | Subject)'", "logLik aic bic randomEffects residualSd reml")]
    [InlineData("marginalize examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)'", "conditional")]
    public void Json_keeps_the_contract(string line, string further)
    {
        var result = Margcond.RunLine(line + " --format json");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        string[] common = ["command", "formula", "family", "link", "observations", "dropped", "clusters", "clusterSizes", "coefficients", "convergence", "warnings"];
        var members = json.RootElement.EnumerateObject().Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(common.Concat(further.Split(' ')), name => Assert.Contains(name, members));
        var coefficient = json.RootElement.GetProperty("coefficients")[0].EnumerateObject().Select(member => member.Name);
        Assert.Equal(["term", "estimate", "se", "statistic", "df", "p", "lower", "upper"], coefficient);
    }

    [Fact]
    public void Csv_is_the_coefficient_table()
    {
        var lines = Margcond.RunLine(Fit + " --format csv").Out.TrimEnd('\n').Split('\n');
        Assert.Equal("term,estimate,se,statistic,df,p,lower,upper", lines[0]);
        Assert.Equal(5, lines.Length);
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public void Only_a_terminal_that_wants_it_gets_colour(bool terminal, bool colour, bool escapes)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new ConsoleStreams { Out = output, Error = error, OutIsTerminal = terminal, Colour = colour };
        Assert.Equal(0, new Application(streams).Run([.. Margcond.Words(Fit)]));
        Assert.Equal(escapes, output.ToString().Contains('\u001B', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(60)]
    public void No_line_is_wider_than_asked_for(int width)
    {
        string[] lines =
        [
            Fit, Fit + " --corr unstructured --wave visit",
            "glmm examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)'",
            "marginalize examples/toenail/toenail.csv 'y ~ treatment * time + (1 | patientID)'",
            "lmm tests/reference/data/sleepstudy.csv 'Reaction ~ Days + (Days | Subject)'",
            "meta tests/reference/data/bcg.csv --measure RR --treat tpos,tneg --control cpos,cneg",
            "compare examples/toenail/toenail.csv 'y ~ treatment * time' --cluster patientID --treatment treatment",
        ];
        foreach (var line in lines)
        {
            var result = Margcond.RunAt(width, [.. Margcond.Words(line)]);
            Assert.All((result.Out + result.Error).Split('\n'), text => Assert.True(text.Length <= width, $"{line}\n{text}"));
        }
    }
}
