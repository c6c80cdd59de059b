using System.Text.RegularExpressions;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>Every command that the documents show is run, and has to print what they show.</summary>
/// <remarks>
/// With <c>MARGCOND_UPDATE_DOCUMENTS=1</c> in the environment the documents are
/// rewritten with what was printed; read the difference before committing it.
/// </remarks>
public sealed class DocumentTests
{
    public static TheoryData<string> Documents => [.. new[] { Repository.File("README.md") }
        .Concat(Directory.GetFiles(Repository.File("docs"), "*.md"))
        .Concat(Directory.GetFiles(Repository.File("examples"), "README.md", SearchOption.AllDirectories))
        .Concat(Directory.GetFiles(Repository.File("simulations"), "README.md", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_command_prints_what_the_document_shows(string document)
    {
        var path = Repository.File(document);
        var text = File.ReadAllText(path);
        var lines = text.Split('\n').ToList();
        var differences = new List<string>();

        // From the end, so that places of earlier examples stay right when a later one is rewritten.
        foreach (var example in ConsoleExample.In(document, text).Reverse())
        {
            var result = Margcond.RunLine(example.Command);
            var printed = (result.Out + result.Error).TrimEnd('\n');
            if (!example.Shows(printed))
            {
                differences.Add($"{example}\n{Approved.Differences(example.Output, printed)}");
                var (start, length) = example.OutputLines.GetOffsetAndLength(lines.Count);
                lines.RemoveRange(start, length);
                lines.InsertRange(start, printed.Split('\n'));
            }
        }

        if (differences.Count > 0 && Environment.GetEnvironmentVariable("MARGCOND_UPDATE_DOCUMENTS") == "1")
        {
            File.WriteAllText(path, string.Join('\n', lines));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_inside_the_repository_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(Repository.File(document))!;
        var links = Regex.Matches(
            File.ReadAllText(Repository.File(document)),
            @"\]\((?<target>[^)#\s]+)(#[^)]*)?\)",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(5))
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));
        Assert.All(links, target => Assert.True(Path.Exists(Path.Combine(folder, target)), $"{document}: {target} is not there."));
    }

    [Fact]
    public void The_README_shows_commands_with_their_output() =>
        Assert.NotEmpty(ConsoleExample.In("README.md", File.ReadAllText(Repository.File("README.md"))));

    [Fact]
    public void A_block_gives_its_commands_and_their_output()
    {
        const string markdown =
            "Text\n\n```console\n$ margcond gee a.csv \\\n    \"y ~ x\"\none\n\ntwo\n$ margcond --version\nthree\n```\n";
        var examples = ConsoleExample.In("file.md", markdown).ToArray();
        Assert.Equal(2, examples.Length);
        Assert.Equal(new ConsoleExample("file.md", 4, "gee a.csv \"y ~ x\"", "one\n\ntwo", 5..8), examples[0]);
        Assert.Equal(new ConsoleExample("file.md", 9, "--version", "three", 9..10), examples[1]);
    }

    [Theory]
    [InlineData("one\n\u2026\nfour", true)]
    [InlineData("\u2026\nfour", false)]
    [InlineData("one\ntwo\n\u2026\nthree\nfour", false)]
    [InlineData("one\n\u2026\nfive", false)]
    [InlineData("one\ntwo\nthree\nfour", true)]
    [InlineData("one\ntwo\nthree", false)]
    public void A_document_may_leave_lines_out_and_shows_the_others_as_printed(string shown, bool agrees) =>
        Assert.Equal(agrees, new ConsoleExample("file.md", 1, "--version", shown, 0..1).Shows("one\ntwo\nthree\nfour"));
}
