using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Tests.Output;

public sealed class TextTableTests
{
    private static readonly Coefficient[] Rows =
    [
        Coefficient.Wald("(Intercept)", -1.61829, 0.43385, null),
        Coefficient.Wald("treatmentterbinafine", -0.16077, 0.5837, null),
        Coefficient.Wald("time", -0.39102, 0.04430, null),
        Coefficient.Wald("treatmentterbinafine:time", -0.13678, 0.06797, null),
    ];

    [Fact]
    public void Coefficients_stand_under_each_other_at_the_decimal_point() =>
        Approved.Match("Coefficients", Render(80, console => CoefficientView.Write(console, Rows, 0.95)) + "\n"
            + Render(80, console => CoefficientView.Write(console, Rows, 0.9, "Odds ratio")) + "\n"
            + Render(50, console => CoefficientView.Write(console, Rows, 0.95)));

    [Fact]
    public void A_narrow_console_gets_further_blocks_and_no_broken_number()
    {
        var text = Render(50, console => CoefficientView.Write(console, Rows, 0.95));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 50, line));
        Assert.Equal(3, text.Split('\n').Count(line => line.TrimStart().StartsWith("Term", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_table_without_rows_has_its_headings() =>
        Assert.Contains("first  second", Render(40, new TextTable("first", ">second").WriteTo), StringComparison.Ordinal);

    [Fact]
    public void Columns_move_together_before_a_table_is_cut()
    {
        var table = new TextTable("first", ">second", ">third").Row("aaaaaaaaaa", "1", "2");
        Assert.Contains("aaaaaaaaaa  ", Render(27, table.WriteTo), StringComparison.Ordinal);
        Assert.Single(Render(25, table.WriteTo).Split('\n'), line => line.Contains("first", StringComparison.Ordinal));
        Assert.Equal(2, Render(24, table.WriteTo).Split('\n').Count(line => line.Contains("first", StringComparison.Ordinal)));
    }

    [Fact]
    public void Texts_are_broken_at_words_and_headings_at_line_feeds()
    {
        var table = new TextTable("On the log scale", ">Estimate\nof it", "What it is").Row(
            "non-collapsibility",
            "0.068",
            "exact, from the spread between patients");
        string[] expected =
        [
            "                      Estimate",
            "  On the log scale       of it",
            " " + new string('\u2500', 29),
            "  non-collapsibility     0.068",
            string.Empty,
            "  On the log scale    What it is",
            " " + new string('\u2500', 39),
            "  non-collapsibility  exact, from the",
            "                      spread between",
            "                      patients",
            string.Empty,
        ];
        Assert.Equal(expected, Render(40, table.WriteTo).Split('\n'));
    }

    private static string Render(int width, Action<Spectre.Console.IAnsiConsole> write)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        write(ConsoleFactory.Create(writer, width, terminal: false));
        return PlainText.TrimLineEnds(writer.ToString());
    }
}
