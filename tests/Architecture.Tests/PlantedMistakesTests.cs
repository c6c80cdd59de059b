using System.Text.Json;

namespace MarginalConditional.Architecture.Tests;

/// <summary>The list of tests/Mutation/plant.py still fits the sources, so that its next run plants all of it.</summary>
public sealed class PlantedMistakesTests
{
    [Fact]
    public void At_least_forty_mistakes_of_different_names_are_planted() =>
        Assert.True(Mistakes().Select(mistake => mistake.Name).Distinct(StringComparer.Ordinal).Count() is var count && count >= 40
            && count == Mistakes().Count);

    [Fact]
    public void The_text_of_every_planted_mistake_stands_exactly_once_in_its_file() =>
        Faults.None(Mistakes()
            .Select(mistake => (mistake.Name, mistake.File, Times: Times(Read(mistake.File), mistake.Before)))
            .Where(found => found.Times != 1)
            .Select(found => $"the text of \"{found.Name}\" stands {found.Times} times in {found.File}"));

    [Fact]
    public void Every_planted_mistake_changes_code_and_names_tests_that_exist() =>
        Faults.None(Mistakes()
            .Where(mistake => mistake.Before == mistake.After || !Repository.Projects("tests").ContainsKey(mistake.Tests))
            .Select(mistake => $"\"{mistake.Name}\" changes nothing, or there is no {mistake.Tests}"));

    private static IReadOnlyList<Mistake> Mistakes() =>
        JsonSerializer.Deserialize<List<Mistake>>(Read("tests/Mutation/mistakes.json"), JsonSerializerOptions.Web)!;

    private static string Read(string file)
    {
        var path = Path.Combine(Repository.Root, file);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private static int Times(string text, string part) => text.Split(part).Length - 1;

    private sealed record Mistake(string Name, string File, string Before, string After, string Tests);
}
