using MarginalConditional.Cli.Output;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Cli.Tests.Output;

public sealed class ToleranceListTests
{
    [Fact]
    public void Thresholds_are_written_as_in_a_sentence_and_meanings_are_broken_at_words()
    {
        Tolerance[] tolerances =
        [
            new("Step", 1e-8, "the step, in standard errors, at which the search stops"),
            new("Level", 0.05, "what is a sign"),
            new("Enough", 40, "how many will do"),
            new("Gap", 2.5e-4, "how near is equal"),
        ];
        const string expected = """

            Tolerances of the fit
              Step    1e-8    the step, in standard
                              errors, at which the
                              search stops
              Level   0.05    what is a sign
              Enough  40      how many will do
              Gap     2.5e-4  how near is equal

            """;
        Assert.Equal(expected, Written(tolerances));
    }

    [Fact]
    public void Nothing_is_written_without_tolerances() => Assert.Empty(Written([]));

    private static string Written(IReadOnlyList<Tolerance> tolerances)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        ToleranceList.Write(ConsoleFactory.Create(writer, 44, terminal: false), tolerances, "Tolerances of the fit");
        return PlainText.TrimLineEnds(writer.ToString());
    }
}
