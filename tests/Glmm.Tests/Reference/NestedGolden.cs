using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>
/// Nested models agree with lme4 1.1.31 (nested.R): Laplace values with glmer's, gaussian quadrature with lmer's maximum likelihood.
/// </summary>
public sealed class NestedGolden
{
    private static readonly string Folder = Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference");

    [Fact]
    public void Laplace_of_two_nested_levels_agrees_with_glmer() =>
        Check("binary_two_levels", "y ~ x + (1 | hospital/ward)", Family.Binomial, ["hospital", "ward:hospital"]);

    [Fact]
    public void Laplace_of_nested_counts_agrees_with_glmer() =>
        Check("count_two_levels", "count ~ x + (1 | hospital/ward)", Family.Poisson, ["hospital", "ward:hospital"]);

    [Fact]
    public void Laplace_of_three_nested_levels_agrees_with_glmer() =>
        Check(
            "binary_three_levels",
            "y ~ x + (1 | hospital/ward/team)",
            Family.Binomial,
            ["hospital", "ward:hospital", "team:(ward:hospital)"]);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Gaussian_quadrature_is_exact_for_nested_levels(int nodes)
    {
        var frame = ReferenceCase.Frame("pastes", "strength ~ 1 + (1 | batch/cask)");
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Nodes = nodes });
        Compare(fit, "linear_two_levels", ["batch", "cask:batch"], 2e-5);
        Assert.Equal(Expected("linear_two_levels").GetProperty("sd").GetProperty("Residual").GetDouble(), Math.Sqrt(fit.Dispersion), 1e-4);
    }

    [Fact]
    public void Gaussian_quadrature_is_exact_for_correlated_slopes()
    {
        // lme4: ML deviance of sleepstudy 1751.939.
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"),
            new GlmmOptions { Family = Family.Gaussian, Nodes = 3 });
        Assert.Equal(1751.9393, -2 * fit.LogLikelihood, 1e-3);
        Assert.Equal(23.7806, fit.RandomEffects[0].StandardDeviations[0], 1e-2);
        Assert.Equal(5.7169, fit.RandomEffects[0].StandardDeviations[1], 1e-2);
    }

    private static JsonElement Expected(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "nested.json"))).RootElement.GetProperty(name);

    private static void Check(string name, string formula, Family family, string[] groups)
    {
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "nested.csv")),
            new FrameRequest { Formula = FormulaParser.Parse(formula) });
        Compare(GlmmFitter.Fit(frame, new GlmmOptions { Family = family, Nodes = 1 }), name, groups, 2e-5);
    }

    private static void Compare(GlmmFit fit, string name, string[] groups, double tolerance)
    {
        var expected = Expected(name);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-5);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            Assert.Equal(
                expected.GetProperty("coefficients").GetProperty(fit.Frame.Design.Names[j]).GetDouble(),
                fit.Coefficients[j],
                tolerance * Math.Max(1, Math.Abs(fit.Coefficients[j])));
        }

        for (var l = 0; l < groups.Length; l++)
        {
            Assert.Equal(
                expected.GetProperty("sd").GetProperty(groups[l]).GetDouble(),
                fit.RandomEffects[l].StandardDeviations[0],
                10 * tolerance);
        }
    }
}
