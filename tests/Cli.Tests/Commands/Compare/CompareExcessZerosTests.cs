using System.Text.Json;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>Counts with excess zeros in <c>compare</c> and <c>marginalize</c>: see <see cref="ZeroInflationOption"/>.</summary>
public sealed class CompareExcessZerosTests
{
    private const string Counts = "../../Glmm.Tests/Reference/mixtures";

    [Theory]
    [InlineData("zero-inflated-poisson", "--family", "zero-inflated-poisson")]
    [InlineData("zero-inflated-negative-binomial", "--family", "negative-binomial", "--zero-inflation", "x + arm")]
    public void Both_parts_are_compared_and_the_family_is_named(string name, params string[] family)
    {
        var root = Json(
            ["compare", Repository.Data(Counts), "number ~ arm + x", "--cluster", "g", "--treatment", "arm", "--no-checks", .. family]);
        Assert.Equal(name, root.GetProperty("family").GetString());
        Assert.Contains("count excess zeros", root.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        Assert.True(root.GetProperty("ladder").GetArrayLength() > 0);
    }

    /// <summary>With a log link the marginal intercept is β₀ + σ²/2 + log(1 − π), and other coefficients stay.</summary>
    [Fact]
    public void Marginalized_coefficients_count_the_zeros()
    {
        string[] model = [Repository.Data(Counts), "number ~ arm + x + (1 | g)", "--family", "zero-inflated-poisson", "--nodes", "9"];
        var (own, marginal) = (Json(["glmm", .. model]), Json(["marginalize", .. model]));
        var variance = own.GetProperty("randomEffects")[0].GetProperty("covariance")[0][0].GetDouble();
        var rest = Math.Log(1 - own.GetProperty("zeroProbability").GetDouble());
        Assert.Equal(Estimate(own, 0) + (variance / 2) + rest, Estimate(marginal, 0), 1e-7);
        Assert.Equal(Estimate(own, 1), Estimate(marginal, 1), 1e-9);
        Assert.Equal(Estimate(own, 2), Estimate(marginal, 2), 1e-9);

        static double Estimate(JsonElement root, int row) => root.GetProperty("coefficients")[row].GetProperty("estimate").GetDouble();
    }

    [Fact]
    public void Without_clusters_there_are_no_excess_zeros()
    {
        var result = Margcond.Run("compare", Repository.Data(Counts), "number ~ arm + x", "--family", "zero-inflated-poisson");
        Assert.Equal(2, result.ExitCode);
        var said = string.Join(' ', result.Error.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("without clusters there is none", said, StringComparison.Ordinal);
        Assert.Empty(result.Out);
    }

    private static JsonElement Json(string[] line)
    {
        var result = Margcond.Run([.. line, "--format", "json"]);
        Assert.Equal(0, result.ExitCode);
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
