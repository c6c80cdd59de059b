using System.Text.RegularExpressions;

namespace MarginalConditional.Architecture.Tests;

/// <summary>The map in docs/architecture.md shows the house as it is.</summary>
public sealed partial class ArchitecturePageTests
{
    private const int LeastFormulas = 40;

    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

    [Fact]
    public void The_picture_shows_the_references_of_the_projects()
    {
        var drawn = Arrow().Matches(Page)
            .SelectMany(arrow => arrow.Groups["to"].Value.Split(", ").Select(to => (From: arrow.Groups["from"].Value, To: to)))
            .ToHashSet();
        var real = Repository.Projects("src")
            .SelectMany(project => Repository.References(project.Value).Select(to => (From: project.Key, To: to)))
            .ToHashSet();
        Assert.NotEmpty(drawn);
        Faults.None(drawn.Except(real).Select(arrow => $"{arrow.From} -> {arrow.To} is drawn but is no reference"));
        Faults.None(real.Except(drawn).Select(arrow => $"{arrow.From} -> {arrow.To} is a reference but is not drawn"));
    }

    [Fact]
    public void Every_type_on_a_path_exists()
    {
        var types = SourceModel.Types().Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var paths = Section("## Eight paths");
        var named = Code().Matches(paths).Select(match => match.Groups["name"].Value).ToArray();
        Assert.NotEmpty(named);
        Faults.None(named.Where(name => !types.Contains(name)));
    }

    [Fact]
    public void Every_formula_leads_to_its_file_and_its_test()
    {
        var rows = Section("## Where a formula lives")
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .ToArray();
        Assert.True(rows.Length >= LeastFormulas, $"{rows.Length} formulas");
        foreach (var row in rows)
        {
            var links = Link().Matches(row).Select(match => match.Groups["path"].Value).ToArray();
            Assert.Contains(links, link => link.StartsWith("../src/", StringComparison.Ordinal));
            Assert.Contains(links, link => link.StartsWith("../tests/", StringComparison.Ordinal));
            Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", link)), $"{link} does not exist"));
        }
    }

    [Fact]
    public void Every_source_of_a_formula_is_listed()
    {
        var references = File.ReadAllText(Path.Combine(Repository.Root, "docs", "references.md"));
        var sources = Citation()
            .Matches(Section("## Where a formula lives"))
            .Select(match => (Author: match.Groups["author"].Value, Year: match.Groups["year"].Value));
        Faults.None(sources
            .Where(source => !references.Split('\n').Any(line =>
                line.StartsWith("- " + source.Author, StringComparison.OrdinalIgnoreCase)
                    && line.Contains($"({source.Year})", StringComparison.Ordinal)))
            .Select(source => $"{source.Author} {source.Year}"));
    }

    private static string Section(string heading)
    {
        var start = Page.IndexOf(heading, StringComparison.Ordinal);
        var end = Page.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return end < 0 ? Page[start..] : Page[start..end];
    }

    [GeneratedRegex(
        @"^(?<from>\w+) -> (?<to>\w+(?:, \w+)*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+)`", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\((?<path>[^)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"(?:\| |; )(?<author>[A-Z]\w+)[^|;]*? (?<year>(?:19|20)\d\d)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Citation();
}
