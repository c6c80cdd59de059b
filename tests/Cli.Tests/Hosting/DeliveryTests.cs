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
        Assert.Equal(Margcond.RunLine(Fit).Out.Replace('\u2212', '-'), File.ReadAllText(path));
    }

    [Fact]
    public void Warnings_of_a_table_go_to_stderr()
    {
        var result = Margcond.RunLine(Fit + " --max-iterations 2");
        Assert.DoesNotContain("warning", result.Out, StringComparison.Ordinal);
        Assert.Contains("margcond: warning: ", result.Error, StringComparison.Ordinal);
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
