using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Glmm;

public sealed class PseudoLikelihoodPartTests
{
    [Fact]
    public void Restricted_pseudo_likelihood_gives_small_sample_tests()
    {
        var result = Margcond.Run("glmm", Repository.Data("cbpp"), "incidence / size ~ period + (1 | herd)",
            "--factor", "period", "--method", "repl", "--df",
            "kenward-roger", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        using var document = JsonDocument.Parse(result.Out);
        var root = document.RootElement;
        Assert.Equal("repl", root.GetProperty("method").GetString());
        Assert.Equal(1, root.GetProperty("dispersion").GetDouble());
        Assert.InRange(root.GetProperty("coefficients")[0].GetProperty("df").GetDouble(), 10, 40);
        Assert.Equal(15, root.GetProperty("randomEffects")[0].GetProperty("modes").EnumerateObject().Count());
    }

    [Fact]
    public void Degrees_of_freedom_without_pseudo_likelihood_are_refused() =>
        Assert.Equal(
            2,
            Margcond.Run("glmm", Repository.Data("cbpp"), "incidence / size ~ period + (1 | herd)",
                "--factor", "period", "--df", "satterthwaite").ExitCode);
}
