using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Strangers;

/// <summary>Data under which some number means nothing: it is not shown, and what can be done is said.</summary>
public class MeaninglessNumbersTests
{
    [Fact]
    public void A_mixed_model_keeps_what_is_finite_when_one_row_is_separated()
    {
        var result = Margcond.Run("glmm", Data("separated-one-row"), "y ~ x + z + (1 | id)");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(@"x +0\.791 +0\.178 +0\.442–1\.140", result.Out);
        Assert.Matches(@"z +∞ +– +– +–", result.Out);
        Assert.Contains("separated along \"z\": 1 row of 300", Flat(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void In_JSON_an_infinite_estimate_is_null_with_a_warning()
    {
        var result = Margcond.Run("glmm", Data("separated-one-row"), "y ~ x + z + (1 | id)", "--format", "json");
        using var document = JsonDocument.Parse(result.Out);
        var row = document.RootElement.GetProperty("coefficients")[2];
        Assert.All(["estimate", "se", "p", "lower", "upper"], name => Assert.Equal(JsonValueKind.Null, row.GetProperty(name).ValueKind));
        Assert.Equal("separation", document.RootElement.GetProperty("convergence").GetProperty("status").GetString());
        Assert.Contains(
            document.RootElement.GetProperty("warnings").EnumerateArray(),
            warning => warning.GetString()!.Contains("coefficients.estimate is infinite", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("compare", "y ~ x + z", "comparison", "--cluster", "id", "--treatment", "x")]
    [InlineData("marginalize", "y ~ x + z + (1 | id)", "marginal model")]
    [InlineData("profile", "y ~ x + z + (1 | id)", "profile of units")]
    public void What_would_be_made_of_infinite_estimates_is_not_made(string command, string formula, string missing, params string[] more)
    {
        var result = Margcond.Run([command, Data("separated-one-row"), formula, .. more]);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains($"There is no {missing}: infinite coefficients", Flat(result.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("e+", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_marginal_model_keeps_what_is_finite_when_a_cell_is_separated()
    {
        var result = Margcond.Run("gee", Data("sep2"), "y ~ trt * site + t", "--cluster", "id");
        Assert.Equal(3, result.ExitCode);
        Assert.Matches(@"trtB:siteS +−∞ +– +– +–", result.Out);
        Assert.Matches(@"t +0\.434 +0\.267", result.Out);
    }

    private static string Data(string name) => Repository.File("tests", "Cli.Tests", "Strangers", name + ".csv");

    private static string Flat(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
