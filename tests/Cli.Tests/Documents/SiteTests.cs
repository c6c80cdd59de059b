using System.Text.Json;
using System.Text.RegularExpressions;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>The site shows every page, and the reference of every library.</summary>
public sealed partial class SiteTests
{
    [Fact]
    public void The_table_of_contents_names_every_page_once()
    {
        var docs = Repository.File("docs");
        var named = Page().Matches(File.ReadAllText(Path.Combine(docs, "toc.yml"))).Select(match => match.Groups["page"].Value).ToArray();
        var pages = Directory.GetFiles(docs, "*.md", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(docs, path).Replace('\\', '/'))
            .Where(page => !page.StartsWith("site/", StringComparison.Ordinal));
        Assert.Equal(pages.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_reference_has_every_library()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.File("docfx.json")));
        var libraries = Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => name is not ("Cli" or "Explore"))
            .Select(name => $"{name}/bin/Release/net10.0/MarginalConditional.{name}.dll");
        var files = json.RootElement.GetProperty("metadata")[0].GetProperty("src")[0].GetProperty("files").EnumerateArray()
            .Select(file => file.GetString()!);
        Assert.Equal(libraries.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("href: (?<page>\\S+\\.md)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Page();
}
