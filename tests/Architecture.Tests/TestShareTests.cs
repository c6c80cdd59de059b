namespace MarginalConditional.Architecture.Tests;

/// <summary>Every project has a line of tests for every two of its own.</summary>
/// <remarks>
/// Lines are counted that say something: no blanks, comments, imports or single braces. What tests compare with, approved texts and
/// numbers of others, counts as far as there is as much code that compares.
/// </remarks>
public sealed class TestShareTests
{
    private const double Least = 0.5;

    private static readonly string[] Compared = [".txt", ".json", ".csv", ".svg"];

    private static readonly string[] Single = ["{", "}", "};", "});", ");", "];", "},"];

    /// <summary>Tests of a project that stand elsewhere, since they need the program or a browser.</summary>
    private static readonly Dictionary<string, string[]> Elsewhere = new(StringComparer.Ordinal)
    {
        ["Data"] = ["tests/Cli.Tests/BadInput", "tests/Cli.Tests/Files", "tests/Fuzzing/Targets"],
        ["Report"] = ["tests/Cli.Tests/Publishing", "docs/pictures"],
        ["Explore"] = ["tests/Browser.Tests"],
    };

    public static TheoryData<string> Projects =>
    [
        .. Repository.Projects("src").Keys.Select(name => name.Split('.')[^1])
            .Where(name => Directory.Exists(Tests(name)))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_has_half_as_many_lines_of_tests_as_of_its_own(string project)
    {
        var own = Lines($"src/{project}");
        string[] folders = [$"tests/{project}.Tests", .. Elsewhere.GetValueOrDefault(project, [])];
        var code = folders.Sum(Lines);
        var tests = code + Math.Min(code, folders.Sum(Texts));
        Assert.True(tests >= Least * own, $"{project}: {tests} lines of tests for {own} lines, {(double)tests / own:f2}");
    }

    [Fact]
    public void Every_project_with_code_has_tests() => Assert.All(
        Repository.Projects("src").Keys.Select(name => name.Split('.')[^1]).Where(name => Lines($"src/{name}") > 0),
        name => Assert.True(Directory.Exists(Tests(name)), name));

    [Theory]
    [InlineData("    return x;", true)]
    [InlineData("    // why", false)]
    [InlineData("    /// <summary>What.</summary>", false)]
    [InlineData("using System;", false)]
    [InlineData("    using var stream = Open();", true)]
    [InlineData("  }", false)]
    [InlineData("", false)]
    public void A_line_counts_when_it_says_something(string line, bool says) => Assert.Equal(says, Says(line));

    private static string Tests(string project) => Path.Combine(Repository.Root, "tests", project + ".Tests");

    private static int Lines(string folder) => !Directory.Exists(Path.Combine(Repository.Root, folder)) ? 0
        : Repository.Sources(folder).Sum(path => File.ReadLines(path).Count(Says));

    private static int Texts(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
            .Where(path => Compared.Contains(Path.GetExtension(path), StringComparer.Ordinal)
                && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Sum(path => File.ReadLines(path).Count());

    private static bool Says(string line)
    {
        var text = line.Trim();
        var isImport = line.StartsWith("using ", StringComparison.Ordinal) || line.StartsWith("namespace ", StringComparison.Ordinal);
        return text.Length > 0 && !isImport && !text.StartsWith("//", StringComparison.Ordinal)
            && !Single.Contains(text, StringComparer.Ordinal);
    }
}
