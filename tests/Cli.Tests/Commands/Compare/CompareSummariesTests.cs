using System.Text.Json;
using MarginalConditional.Cli.Commands.Compare;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>The cluster-level section: <see cref="CompareSummariesTable"/> and <see cref="CompareSummariesJson"/>.</summary>
public sealed class CompareSummariesTests
{
    [Fact]
    public void A_trial_of_informative_size_shows_both_weightings()
    {
        var text = Run("crt_ics40", "y ~ arm + x + size").Out;
        var start = text.IndexOf("  Clusters' own means", StringComparison.Ordinal);
        Approved.Match("CompareSummaries", text[start..text.IndexOf("  Other reasons looked at", StringComparison.Ordinal)]);
    }

    [Fact]
    public void Json_carries_estimates_permutations_and_tests_of_size()
    {
        using var document = JsonDocument.Parse(Run("crt_few12", "y ~ arm", "--format", "json").Out);
        var root = document.RootElement;
        var rows = root.GetProperty("summaries").EnumerateArray().ToList();
        Assert.Equal(8, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            row.GetProperty("weighting").GetString() == "cluster" ? 10 : 4.80067614, row.GetProperty("df").GetDouble(), 1e-8));
        string[] members = ["estimand", "weighting", "measure", "treated", "control", "estimate", "se", "seHc2", "p", "lower", "upper"];
        Assert.All(rows, row => Assert.All(members, name => Assert.True(row.TryGetProperty(name, out _))));
        var permutation = root.GetProperty("permutation")[0];
        Assert.Equal((495, true), (permutation.GetProperty("replicates").GetInt32(), permutation.GetProperty("exact").GetBoolean()));
        Assert.Equal(4, root.GetProperty("sizeTests").GetArrayLength());
        Assert.Equal(4, root.GetProperty("summaryArms").GetArrayLength());
    }

    [Fact]
    public void Strata_are_kept_and_draws_counted()
    {
        using var document = JsonDocument.Parse(
            Run("crt_ics80", "y ~ arm", "--strata", "size", "--permutations", "500", "--no-checks", "--format", "json").Out);
        var permutation = document.RootElement.GetProperty("permutation");
        Assert.All(permutation.EnumerateArray(), test => Assert.Equal(500, test.GetProperty("replicates").GetInt32()));
        Assert.Equal(1, document.RootElement.GetProperty("sizeTests").GetArrayLength());
    }

    [Theory]
    [InlineData("--strata: x varies within cluster 1.", "--strata", "x")]
    [InlineData("no column \"sise\"", "--strata", "sise")]
    [InlineData("--permutations has to be between 1 and 100,000,000", "--permutations", "0")]
    public void What_cannot_be_is_refused(string message, params string[] options)
    {
        var result = Run("crt_ics40", "y ~ arm", options);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Out);
        var text = string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(message, text, StringComparison.Ordinal);
    }

    private static RunResult Run(string data, string formula, params string[] options) =>
        Margcond.Run(["compare", Repository.Data(data), formula, "--cluster", "cluster", "--treatment", "arm", .. options]);
}
