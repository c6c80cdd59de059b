using System.Text.Json;
using MarginalConditional.Cli.Commands.Marginalize;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Marginalize;

/// <summary><see cref="MarginalizeCommand"/> through the console: what <see cref="MarginalizeCommandReport"/> prints.</summary>
public sealed class MarginalizeCommandTests
{
    [Fact]
    public void A_mixed_model_is_marginalized() =>
        Approved.Match(
            "MarginalizeOhio",
            Margcond.Run("marginalize", Repository.Data("ohio"), "resp ~ age + smoke + (1 | id)", "--contrast", "smoke - age").Transcript);

    [Fact]
    public void Json_carries_conditional_coefficients_and_both_closed_forms()
    {
        var run = Margcond.Run("marginalize", Repository.Data("ohio"), "resp ~ smoke + (1 | id)", "--nodes", "9", "--format", "json");
        Assert.Equal(0, run.ExitCode);
        using var document = JsonDocument.Parse(run.Out);
        var root = document.RootElement;
        var conditional = root.GetProperty("conditional")[1].GetProperty("estimate").GetDouble();
        var marginal = root.GetProperty("coefficients")[1].GetProperty("estimate").GetDouble();
        var approximate = root.GetProperty("closedForms").GetProperty("zegerLiangAlbert")[1].GetDouble();
        Assert.InRange(marginal / conditional, 0.3, 0.9);
        Assert.InRange(approximate / marginal, 0.9, 1.1);
    }

    [Fact]
    public void A_formula_without_random_effects_cannot_be_marginalized()
    {
        var result = Margcond.Run("marginalize", Repository.Data("toenail"), "y ~ time");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(
            "nothing to average over",
            string.Join(' ', result.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal);
    }
}
