using System.Text.Json;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>
/// Contrasts of arms, margins and subgroups: <see cref="ArmOptions"/>, <see cref="ArmTables"/> and <see cref="ArmJson"/>.
/// </summary>
public sealed class CompareArmsTests
{
    private static readonly string[] Persons =
    [
        "compare", Repository.Data("irt3"), "y ~ trt + x + s1", "--treatment", "trt", "--reference", "trt=pbo", "--mean-contrast",
        "(low + high) / 2 - pbo", "--pairs", "--by", "s2", "--margin", "risk-difference:-0.1", "--event-is", "benefit",
    ];

    private static readonly string[] Clusters =
    [
        "compare", Repository.Data("crt_ics40"), "y ~ arm + x", "--cluster", "cluster", "--treatment", "arm", "--by", "h", "--pairs",
        "--scale", "link", "--margin", "odds-ratio:0.5", "--margin", "odds-ratio:2", "--no-checks",
    ];

    [Fact]
    public void Contrasts_margins_and_subgroups_by_person_are_shown() =>
        Approved.Match("CompareArmsPersons", Section(Persons, "  Contrasts of standardized means", "  What could threaten"));

    [Fact]
    public void Pairs_equivalence_and_subgroups_by_cluster_are_shown() =>
        Approved.Match("CompareArmsClusters", Section(Clusters, "  Every pair of arms", "  Clusters' own means"));

    [Fact]
    public void Json_carries_contrasts_margins_and_ladders_of_subgroups()
    {
        using var document = JsonDocument.Parse(Margcond.Run([.. Clusters, "--format", "json"]).Out);
        var root = document.RootElement;

        // One pair, two fits, two weightings, the scale of the link.
        Assert.Equal(4, root.GetProperty("pairs").GetArrayLength());
        Assert.All(root.GetProperty("pairs").EnumerateArray(), row => Assert.Equal("link", row.GetProperty("scale").GetString()));
        Assert.Equal(
            ["above", "below"], root.GetProperty("margins").EnumerateArray().Select(row => row.GetProperty("direction").GetString()));
        var rungs = root.GetProperty("ladder").EnumerateArray().ToList();
        Assert.Equal(["0", "1"], rungs
            .Where(rung => rung.GetProperty("by").TryGetProperty("h", out _))
            .Select(rung => rung.GetProperty("by").GetProperty("h").GetString())
            .Distinct());
        Assert.Equal(3 * 2 * 5 * 3, rungs.Count);
        var interaction = root.GetProperty("interactions").EnumerateArray().First(row => row.GetProperty("rung").GetInt32() == 3
            && row.GetProperty("weighting").GetString() == "participant" && row.GetProperty("scale").GetString() == "log odds ratio");
        Assert.Equal("1 - 0", interaction.GetProperty("differences")[0].GetProperty("contrast").GetString());
        Assert.Equal(Effect("1") - Effect("0"), interaction.GetProperty("differences")[0].GetProperty("estimate").GetDouble(), 1e-12);

        double Effect(string h) => rungs.Single(rung => rung.GetProperty("by").TryGetProperty("h", out var own) && own.GetString() == h
            && rung.GetProperty("rung").GetInt32() == 3 && rung.GetProperty("weighting").GetString() == "participant"
            && rung.GetProperty("scale").GetString() == "log odds ratio").GetProperty("estimate").GetDouble();
    }

    [Fact]
    public void Where_is_the_analysis_of_the_rows_that_meet_it()
    {
        var result = Margcond.Run(
            "gee", Repository.Data("crt_ics40"), "y ~ arm", "--cluster", "cluster", "--where", "h == 1", "--format", "json");
        using var document = JsonDocument.Parse(result.Out);
        var lines = File.ReadAllLines(Repository.Data("crt_ics40"));
        var column = Array.IndexOf(lines[0].Split(','), "h");
        Assert.Equal(
            lines.Skip(1).Count(line => line.Split(',')[column] == "1"), document.RootElement.GetProperty("observations").GetInt32());
        Assert.Equal(0, document.RootElement.GetProperty("dropped").GetInt32());
        Assert.Contains("left out: only those were used where h == 1", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mean-contrast", "A - B", "is not an arm")]
    [InlineData("--mean-contrast", "high + low - pbo", "add up to 1")]
    [InlineData("--margin", "odds:1", "scale and a colon")]
    [InlineData("--margin", "difference:1", "no such scale")]
    [InlineData("--by", "x", "subgroups are at most")]
    [InlineData("--by", "trt", "every subgroup would have one arm")]
    [InlineData("--where", "s2", "not a condition")]
    public void What_cannot_be_asked_is_refused_with_exit_code_2(string option, string value, string problem)
    {
        var result = Margcond.Run(
            "compare", Repository.Data("irt3"), "y ~ trt + x", "--treatment", "trt", "--reference", "trt=pbo", option, value);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Out);
        var said = string.Join(' ', result.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }

    private static string Section(string[] arguments, string from, string to)
    {
        var text = Margcond.Run(arguments).Out;
        var start = text.IndexOf(from, StringComparison.Ordinal);
        return text[start..text.IndexOf(to, StringComparison.Ordinal)];
    }
}
