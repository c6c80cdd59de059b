using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Accuracy;

/// <summary>The files of tests/reference, which others read too, are as their schemas say.</summary>
public sealed class ReferenceSchemaTests
{
    private static string Folder => Repository.File("tests", "reference");

    [Theory]
    [InlineData("suite", "suites")]
    [InlineData("case", "cases")]
    [InlineData("losses", ".")]
    public void Every_file_meets_its_schema(string schema, string folder)
    {
        var rules = Parse(Path.Combine(Folder, schema + ".schema.json"));
        var files = folder == "." ? [Path.Combine(Folder, "losses.json")] : Directory.GetFiles(Path.Combine(Folder, folder), "*.json");
        Assert.NotEmpty(files);
        Assert.All(files, file => JsonSchema.Require(rules, File.ReadAllText(file)));
    }

    [Fact]
    public void Every_data_set_that_a_suite_names_is_there_and_every_name_of_a_case_is_its_own()
    {
        foreach (var file in Directory.GetFiles(AccuracySuite.Folder, "*.json"))
        {
            var cases = Parse(file).GetProperty("cases").EnumerateArray().ToArray();
            var names = cases.Select(item => item.GetProperty("name").GetString()).ToArray();
            Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
            Assert.All(
                cases.Where(item => item.TryGetProperty("data", out _)),
                item => Assert.True(File.Exists(Repository.Data(item.GetProperty("data").GetString()!))));
        }
    }

    [Fact]
    public void A_suite_with_a_number_that_is_no_text_does_not_meet_the_schema() =>
        Assert.NotEmpty(JsonSchema.Faults(
            Parse(Path.Combine(Folder, "suite.schema.json")),
            JsonDocument.Parse(
                """{"peer":"p","source":"s","madeBy":"m","cases":[{"name":"n","checks":[{"at":[],"value":1.5}]}]}""").RootElement,
            "$"));

    private static JsonElement Parse(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
