using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Output;

public sealed class TextTableTests
{
    private static readonly CoefficientRow[] Rows =
    [
        new("(Intercept)", -1.61829, 0.43385, -3.73, null, 0.000191, -2.4686, -0.768),
        new("treatmentterbinafine", -0.16077, 0.5837, -0.275, null, 0.783, -1.3048, 0.9833),
        new("time", -0.39102, 0.04430, -8.83, null, 1e-18, -0.4779, -0.3042),
        new("treatmentterbinafine:time", -0.13678, 0.06797, -2.01, null, 0.0442, -0.27, -0.00356),
    ];

    [Fact]
    public void Coefficients_stand_under_each_other_at_the_decimal_point() =>
        Approved.Match("Coefficients", Render(80, console => CoefficientView.Write(console, Rows, 0.95)) + "\n" + Render(80, console => CoefficientView.Write(console, Rows, 0.9, "Odds ratio")) + "\n" + Render(50, console => CoefficientView.Write(console, Rows, 0.95)));

    [Fact]
    public void A_narrow_console_gets_further_blocks_and_no_broken_number()
    {
        var text = Render(50, console => CoefficientView.Write(console, Rows, 0.95));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 50, line));
        Assert.Equal(3, text.Split('\n').Count(line => line.TrimStart().StartsWith("Term", StringComparison.Ordinal)));
    }

    private static string Render(int width, Action<Spectre.Console.IAnsiConsole> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(ConsoleFactory.Create(writer, width, terminal: false));
        return PlainText.TrimLineEnds(writer.ToString());
    }
}
