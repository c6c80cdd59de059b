using System.Text.RegularExpressions;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>The README in Chinese says as much as the one in English: the same blocks, headings, tables and links.</summary>
public sealed partial class TranslationTests
{
    private static readonly string English = File.ReadAllText(Repository.File("README.md"));

    private static readonly string Chinese = File.ReadAllText(Repository.File("README.zh.md"));

    [Fact]
    public void The_blocks_are_the_same() => Assert.Equal(Matches(Block(), English), Matches(Block(), Chinese));

    [Fact]
    public void The_headings_have_the_same_levels() => Assert.Equal(Matches(Level(), Prose(English)), Matches(Level(), Prose(Chinese)));

    [Fact]
    public void The_lines_of_tables_and_lists_are_as_many() =>
        Assert.Equal(Matches(Item(), Prose(English)), Matches(Item(), Prose(Chinese)));

    [Fact]
    public void The_links_lead_to_the_same_places_in_the_same_order() =>
        Assert.Equal(Links(English, "README.zh.md"), Links(Chinese, "README.md"));

    [Fact]
    public void The_commands_of_the_table_are_the_same() =>
        Assert.Equal(Matches(FirstCode(), Prose(English)), Matches(FirstCode(), Prose(Chinese)));

    private static string[] Matches(Regex pattern, string text) => [.. pattern.Matches(text).Select(match => match.Value)];

    private static string Prose(string text) => Block().Replace(text, string.Empty);

    private static string[] Links(string text, string other) =>
        [.. Matches(Link(), Prose(text)).Where(link => link != $"]({other})")];

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Block();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Level();

    [GeneratedRegex(@"^(\||-) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Item();

    [GeneratedRegex(@"^\| `\w+`", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex FirstCode();

    [GeneratedRegex(@"\]\([^)\s]+\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Link();
}
