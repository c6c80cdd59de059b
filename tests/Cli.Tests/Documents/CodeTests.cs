using MarginalConditional.Cli.Tests.Documents.Examples;
using MarginalConditional.Cli.Tests.Harness;
using MarginalConditional.Compare.Simulation.Running;

namespace MarginalConditional.Cli.Tests.Documents;

/// <summary>Every C# block of the documents stands, line for line, in a file that the tests compile and run.</summary>
public sealed class CodeTests
{
    private static readonly string Examples = Repository.File("tests/Cli.Tests/Documents/Examples");

    public static TheoryData<string> Documents => DocumentTests.Documents;

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_block_of_code_is_compiled(string document)
    {
        var sources = Directory.GetFiles(Examples, "*.cs").Select(path => Lines(File.ReadAllText(path))).ToArray();
        Assert.All(Blocks(document, "csharp"), block => Assert.True(
            Array.Exists(sources, source => source.Contains(block, StringComparison.Ordinal)),
            $"{document}: no example of the tests has the lines\n{block}"));
    }

    [Fact]
    public void The_example_of_the_README_prints_what_is_shown_under_it()
    {
        using var printed = new StringWriter { NewLine = "\n" };
        BothModels.Run(printed);
        Assert.Equal(Assert.Single(Blocks("README.md", "text")), Lines(printed.ToString()));
    }

    /// <summary>With clusters of one size the difference of their means is what standardizing a GEE fit to the two arms gives.</summary>
    [Fact]
    public void The_method_of_ones_own_agrees_with_standardized_GEE()
    {
        var result = OwnMethod.Run();
        var methods = result.Study.Methods.Select(method => method.Name).ToList();
        Assert.All(result.Scenarios, scenario =>
        {
            var own = scenario.Estimates(methods.IndexOf("cluster-means"));
            var standardized = scenario.Estimates(methods.IndexOf("standardized-gee"));
            for (var i = 0; i < own.Length; i++)
            {
                Assert.Equal(standardized[i].Value, own[i].Value, 1e-9);
            }
        });
    }

    /// <summary>The fenced blocks of a language, without indentation and empty lines.</summary>
    private static IEnumerable<string> Blocks(string document, string language)
    {
        var text = File.ReadAllText(Repository.File(document));
        foreach (var part in text.Split($"```{language}\n").Skip(1))
        {
            yield return Lines(part.Split("\n```")[0]);
        }
    }

    private static string Lines(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
