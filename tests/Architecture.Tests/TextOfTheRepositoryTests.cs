namespace MarginalConditional.Architecture.Tests;

/// <summary>Conventions of the source text.</summary>
public sealed class TextOfTheRepositoryTests
{
    /// <summary>A file that is longer holds more than one idea.</summary>
    private const int LongestFile = 300;

    [Fact]
    public void Source_files_stay_short() =>
        Assert.Empty(Repository.Sources("src")
            .Select(path => (Path: Path.GetRelativePath(Repository.Root, path), Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > LongestFile)
            .Select(file => $"{file.Path} has {file.Lines} lines"));

    [Fact]
    public void Sources_that_are_cited_are_listed()
    {
        var references = File.ReadAllText(Path.Combine(Repository.Root, "docs", "references.md"));
        foreach (var author in new[] { "Björck", "Chambers", "Clinger", "Damerau", "Forsythe", "Liang", "Salmon" })
        {
            Assert.Contains(author, references, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void References_are_sorted_by_author()
    {
        var keys = File.ReadLines(Path.Combine(Repository.Root, "docs", "references.md"))
            .Where(line => line.StartsWith("- ", StringComparison.Ordinal))
            .Select(line => line[2..].Split('(')[0].Trim().ToUpperInvariant().Replace('Ö', 'O'))
            .ToArray();
        Assert.NotEmpty(keys);
        for (var i = 1; i < keys.Length; i++)
        {
            Assert.True(string.CompareOrdinal(keys[i - 1], keys[i]) <= 0, $"{keys[i]} stands after {keys[i - 1]}");
        }
    }
}
