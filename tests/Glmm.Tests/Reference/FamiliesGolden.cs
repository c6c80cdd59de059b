using System.Text.Json;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>Families and links beside the logit agree with glmmTMB 1.1.5's Laplace fits (families.R), standard errors too.</summary>
public sealed class FamiliesGolden
{
    [Fact]
    public void Probit_agrees_with_glmmTMB() => Check("probit", "y ~ arm + x1 + wave + (1 | id)", Family.Binomial, Link.Probit);

    [Fact]
    public void Complementary_log_log_agrees_with_glmmTMB() =>
        Check("cloglog", "y ~ arm + x1 + wave + (1 | id)", Family.Binomial, Link.Cloglog);

    [Fact]
    public void Poisson_with_an_offset_agrees_with_glmmTMB() =>
        Check("poisson", "count ~ arm + x1 + offset(log(exposure)) + (1 | id)", Family.Poisson, Link.Log);

    [Fact]
    public void Negative_binomial_with_its_size_estimated_agrees_with_glmmTMB() =>
        Check("negative_binomial", "count ~ arm + x1 + offset(log(exposure)) + (1 | id)", Family.NegativeBinomial(1), Link.Log);

    [Fact]
    public void Gamma_with_its_shape_estimated_agrees_with_glmmTMB() =>
        Check("gamma", "positive ~ arm + x1 + (1 | id)", Family.Gamma, Link.Log);

    [Fact]
    public void Gamma_with_the_inverse_link_agrees_with_glmmTMB() =>
        Check("gamma_inverse", "positive ~ arm + x1 + (1 | id)", Family.Gamma, Link.Inverse);

    [Fact]
    public void Gamma_with_the_identity_link_agrees_with_glmmTMB() =>
        Check("gamma_identity", "positive ~ arm + x1 + (1 | id)", Family.Gamma, Link.Identity);

    [Fact]
    public void Poisson_with_the_square_root_link_agrees_with_glmmTMB() =>
        Check("poisson_sqrt", "count ~ arm + x1 + (1 | id)", Family.Poisson, Link.Sqrt);

    [Fact]
    public void Negative_binomial_with_the_square_root_link_agrees_with_glmmTMB() =>
        Check("negative_sqrt", "count ~ arm + x1 + (1 | id)", Family.NegativeBinomial(1), Link.Sqrt);

    [Fact]
    public void Gaussian_with_the_log_link_agrees_with_glmmTMB() =>
        Check("gaussian_log", "positive ~ arm + x1 + (1 | id)", Family.Gaussian, Link.Log);

    [Theory]
    [InlineData("positive ~ arm + x1 + (1 | id) + (0 + x1 | id)")]
    [InlineData("positive ~ arm + x1 + (x1 || id)")]
    public void Independent_terms_of_one_grouping_agree_with_glmmTMB(string formula)
    {
        var fit = Check("gamma_independent_slopes", formula, Family.Gamma, Link.Log);
        var slope = Expected("gamma_independent_slopes").GetProperty("slope_sd").GetDouble();
        var deviations = fit.RandomEffects.SelectMany(term => term.StandardDeviations.ToArray()).ToArray();
        Assert.Equal(slope, deviations[1], 1e-4);
    }

    private static JsonElement Expected(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference", "families.json"))).RootElement
            .GetProperty(name);

    private static GlmmFit Check(string name, string formula, Family family, Link link)
    {
        var expected = Expected(name);
        var fit = GlmmFitter.Fit(
            ReferenceCase.Frame("unbalanced_shuffled", formula),
            new GlmmOptions { Family = family, Link = link, Nodes = 1 });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-5);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            var term = fit.Frame.Design.Names[j];
            Assert.Equal(expected.GetProperty("coefficients").GetProperty(term).GetDouble(), fit.Coefficients[j], 5e-5);
            var error = expected.GetProperty("se").GetProperty(term).GetDouble();
            Assert.Equal(error, fit.StandardErrors[j], 1e-3 * error);
        }

        Assert.Equal(expected.GetProperty("sd").GetDouble(), fit.RandomEffects[0].StandardDeviations[0], 1e-4);
        if (expected.GetProperty("dispersion") is { ValueKind: JsonValueKind.Number } dispersion)
        {
            Assert.Equal(dispersion.GetDouble(), fit.Dispersion, 1e-4);
        }

        return fit;
    }
}
