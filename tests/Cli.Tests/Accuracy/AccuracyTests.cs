namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>Every number of tests/reference agrees to the digits that are asked of it; docs/accuracy.md says to how many.</summary>
public sealed class AccuracyTests
{
    [Fact]
    public void Every_number_agrees_to_the_digits_asked_of_its_case()
    {
        var losses = AccuracyLosses.Read();
        var faults = AccuracyReport.Current.All
            .SelectMany(suite => suite.Numbers.Where(number => !number.Keeps(losses.Least(number.Case, suite.Asked))))
            .Select(number => number.ToString())
            .ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_reason_for_fewer_digits_is_of_a_case_that_needs_it()
    {
        var asked = AccuracyReport.Current.All
            .SelectMany(suite => suite.Numbers.Where(number => !number.Keeps(suite.Asked + 0.5)).Select(number => number.Case))
            .ToHashSet(StringComparer.Ordinal);
        var spare = AccuracyLosses.Read().All.SelectMany(loss => loss.Cases.Keys).Where(name => !asked.Contains(name));
        Assert.Empty(spare);
    }

    /// <summary>With <c>MARGCOND_UPDATE_DOCUMENTS=1</c> in the environment the tables are rewritten.</summary>
    [Fact]
    public void The_page_shows_what_was_measured()
    {
        var text = File.ReadAllText(AccuracyPage.File);
        var measured = AccuracyPage.Renewed(text, AccuracyReport.Current, AccuracyLosses.Read());
        if (Environment.GetEnvironmentVariable("MARGCOND_UPDATE_DOCUMENTS") == "1")
        {
            File.WriteAllText(AccuracyPage.File, measured);
        }

        Assert.True(AccuracyPage.Agree(text, measured), "docs/accuracy.md does not show what was measured.");
    }

    [Theory]
    [InlineData("| a | 3 | 12 |", "| a | 3 | 13 |", true)]
    [InlineData("| a | 3 | 12 |", "| a | 3 | 14 |", false)]
    [InlineData("| a | 3 | 12 |", "| b | 3 | 12 |", false)]
    public void A_digit_more_or_less_is_the_same_page(string shown, string measured, bool same) =>
        Assert.Equal(same, AccuracyPage.Agree(shown, measured));
}
