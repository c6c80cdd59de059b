using System.Globalization;
using System.Text.Json;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>
/// The table of Lesaffre and Spiessens (2001): estimates by the kind and number of nodes, as docs/quadrature.md shows them.
/// </summary>
public sealed class ToenailTableGolden
{
    // The peer's search without derivatives stops this far from the maximum; its deviance is never lower.
    private const double EstimateTolerance = 5e-5;
    private const double DevianceTolerance = 1e-5;

    // toenail.R: lme4 for the adaptive rules, iterated to the end (tolPwrss = 1e-13, bobyqa to 1e-10), and the ordinary rule written out in
    // R. At its default tolerances lme4 prints −1.653 for the intercept with ten adaptive nodes, and so do tables made with it; converged
    // it gives −1.65249.
    private static readonly JsonElement Converged =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference", "toenail.json"))).RootElement;

    [Theory]
    [InlineData("adaptive", 1)]
    [InlineData("adaptive", 5)]
    [InlineData("adaptive", 10)]
    [InlineData("adaptive", 20)]
    [InlineData("adaptive", 50)]
    [InlineData("ordinary", 10)]
    [InlineData("ordinary", 20)]
    [InlineData("ordinary", 50)]
    public void Estimates_of_every_rule_agree_with_converged_fits_of_the_peer(string rule, int nodes)
    {
        var fit = Fit(nodes, rule == "adaptive");
        var expected = Converged.GetProperty(rule).GetProperty(nodes.ToString(CultureInfo.InvariantCulture));
        for (var j = 0; j < 4; j++)
        {
            Assert.Equal(expected.GetProperty("coefficients")[j].GetDouble(), fit.Coefficients[j], EstimateTolerance);
        }

        Assert.Equal(expected.GetProperty("sd").GetDouble(), fit.RandomEffects[0].StandardDeviations[0], EstimateTolerance);
        var deviance = expected.GetProperty("deviance").GetDouble();
        Assert.InRange(-2 * fit.LogLikelihood, deviance - DevianceTolerance, deviance + 1e-6);
    }

    [Theory]
    [InlineData("Laplace", 1, true)]
    [InlineData("adaptive 5", 5, true)]
    [InlineData("adaptive 10", 10, true)]
    [InlineData("adaptive 20", 20, true)]
    [InlineData("adaptive 50", 50, true)]
    [InlineData("ordinary 10", 10, false)]
    [InlineData("ordinary 20", 20, false)]
    [InlineData("ordinary 50", 50, false)]
    public void The_page_on_quadrature_shows_what_the_program_computes(string rule, int nodes, bool adaptive)
    {
        var fit = Fit(nodes, adaptive);
        var cells = fit.Coefficients
            .ToArray()
            .Select(value => Text(value, 3))
            .Append(Text(fit.RandomEffects[0].StandardDeviations[0], 3))
            .Append(Text(-2 * fit.LogLikelihood, 2));
        var row = $"| {rule} | {string.Join(" | ", cells)} |";
        var page = File.ReadAllText(Path.Combine(ReferenceCase.Root, "..", "..", "docs", "quadrature.md"));
        Assert.Contains(row, page, StringComparison.Ordinal);
    }

    private static GlmmFit Fit(int nodes, bool adaptive) => GlmmFitter.Fit(
        ReferenceCase.Frame("toenail", "y ~ treatment * month + (1 | patientID)"),
        new GlmmOptions { Family = Family.Binomial, Nodes = nodes, Adaptive = adaptive, ComputeCovariance = false, CheckNodes = false });

    private static string Text(double value, int decimals) =>
        (value < 0
            ? "\u2212"
            : string.Empty) + Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
