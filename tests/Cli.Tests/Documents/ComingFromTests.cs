using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>The pages for people who come from another program.</summary>
public sealed class ComingFromTests
{
    public static TheoryData<string> Pages => ["docs/coming-from-r.md", "docs/coming-from-sas.md", "docs/coming-from-stata.md"];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_at_least_fifteen_lines(string page) =>
        Assert.InRange(Numbers(page).Select(number => number.Ours).Distinct(StringComparer.Ordinal).Count(), 15, int.MaxValue);

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_line_of_ours_prints_its_number(string page)
    {
        foreach (var line in Numbers(page).GroupBy(number => number.Ours, StringComparer.Ordinal))
        {
            var result = Margcond.RunLine(line.Key, width: 120);
            Assert.Equal(0, result.ExitCode);
            string[] words = [.. result.Out.Split(' ', '\n', '\u2013', '\u202F', '\u00A0').Select(word => word.TrimEnd(',', ')'))];
            Assert.All(line, number => Assert.True(words.Contains(number.Shown, StringComparer.Ordinal), $"{number}\n{result.Out}"));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_manual_prints_is_what_is_printed_here(string page) =>
        Assert.All(
            Numbers(page).Where(number => number.Printed is not null),
            number => Assert.True(number.AgreesWithPrinted, $"{number}, printed {number.Printed}"));

    private static IReadOnlyList<EqualNumber> Numbers(string page) => EqualNumber.In(File.ReadAllText(Repository.File(page)));
}
