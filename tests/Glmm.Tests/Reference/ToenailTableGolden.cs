using System.Globalization;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>The table of Lesaffre and Spiessens (2001): estimates by the kind and number of nodes, as docs/quadrature.md shows them.</summary>
public sealed class ToenailTableGolden
{
    // The rules of Lesaffre and Spiessens on the planned months of the HSAUR3 data, to the digits printed; computed independently of this program.
    [Theory]
    [InlineData("Laplace", 1, true, -2.563, -0.260, -0.414, -0.163, 4.605, 1252.60)]
    [InlineData("adaptive 5", 5, true, -1.468, -0.086, -0.395, -0.157, 3.700, 1257.06)]
    [InlineData("adaptive 10", 10, true, -1.653, -0.117, -0.407, -0.162, 4.075, 1248.17)]
    [InlineData("adaptive 20", 20, true, -1.631, -0.115, -0.404, -0.161, 4.013, 1247.77)]
    [InlineData("adaptive 50", 50, true, -1.631, -0.115, -0.404, -0.161, 4.016, 1247.81)]
    [InlineData("ordinary 10", 10, false, -0.988, 0.465, -0.377, -0.148, 4.531, 1254.39)]
    public void Estimates_move_with_the_nodes_as_published(
        string rule, int nodes, bool adaptive, double intercept, double treatment, double month, double interaction, double deviation, double deviance)
    {
        var fit = Fit(nodes, adaptive);
        double[] expected = [intercept, treatment, month, interaction];
        for (var j = 0; j < 4; j++)
        {
            Assert.True(Math.Abs(expected[j] - fit.Coefficients[j]) <= 0.000_55, $"{rule}, coefficient {j}: {fit.Coefficients[j]:F5}");
        }

        Assert.Equal(deviation, fit.RandomEffects[0].StandardDeviations[0], 0.000_55);
        Assert.Equal(deviance, -2 * fit.LogLikelihood, 0.005_5);
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
        var cells = fit.Coefficients.ToArray().Select(value => Text(value, 3)).Append(Text(fit.RandomEffects[0].StandardDeviations[0], 3)).Append(Text(-2 * fit.LogLikelihood, 2));
        var row = $"| {rule} | {string.Join(" | ", cells)} |";
        var page = File.ReadAllText(Path.Combine(ReferenceCase.Root, "..", "..", "docs", "quadrature.md"));
        Assert.Contains(row, page, StringComparison.Ordinal);
    }

    private static GlmmFit Fit(int nodes, bool adaptive) => GlmmFitter.Fit(
        ReferenceCase.Frame("toenail", "y ~ treatment * month + (1 | patientID)"),
        new GlmmOptions { Family = Family.Binomial, Nodes = nodes, Adaptive = adaptive, ComputeCovariance = false, CheckNodes = false });

    private static string Text(double value, int decimals) =>
        (value < 0 ? "\u2212" : string.Empty) + Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
