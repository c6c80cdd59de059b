using System.Text.Json;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Glmm;

/// <summary>
/// <see cref="ClusterOption"/> in <c>glmm</c>: robust standard errors over clusters that contain the random effects' groups.
/// </summary>
public sealed class GlmmClusterTests
{
    private const string Formula = "number ~ arm + x + (1 | g)";
    private const string Counts = "../../Glmm.Tests/Reference/mixtures";

    /// <summary>
    /// The groups themselves as clusters are what there is without the option; two ways of which one is finer are the other.
    /// </summary>
    [Fact]
    public void Clusters_that_are_the_groups_change_nothing()
    {
        var (own, one, two) = (Errors(), Errors("--cluster", "g"), Errors("--cluster", "g", "--cluster", "arm"));
        var arms = Errors("--cluster", "arm");
        for (var j = 0; j < own.Length; j++)
        {
            Assert.Equal(own[j], one[j], 1e-9);
            Assert.Equal(arms[j], two[j], 1e-9);
        }
    }

    [Theory]
    [InlineData("values of g lie in several values of item", "--se", "robust", "--cluster", "item")]
    [InlineData("--cluster has no effect without --se robust", "--cluster", "g")]
    public void What_cannot_be_is_one_sentence(string sentence, params string[] options)
    {
        var result = Margcond.Run(["glmm", Repository.Data(Counts), Formula, "--family", "poisson", .. options]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            sentence,
            string.Join(' ', result.Error.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }

    private static double[] Errors(params string[] options)
    {
        var result = Margcond.Run(
            ["glmm", Repository.Data(Counts), Formula, "--family", "poisson", "--se", "robust", "--format", "json", .. options]);
        Assert.Equal(0, result.ExitCode);
        return [.. JsonDocument.Parse(result.Out).RootElement.GetProperty("coefficients").EnumerateArray()
            .Select(row => row.GetProperty("se").GetDouble())];
    }
}
