using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>Beta-binomial models and counts with excess zeros agree with Laplace fits of glmmTMB 1.1.5 (mixtures.R).</summary>
public sealed class MixturesGolden
{
    private static readonly string Folder = Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference");

    [Theory]
    [InlineData("beta_logit", "(1 | g)", "logit")]
    [InlineData("beta_probit", "(1 | g)", "probit")]
    [InlineData("beta_cloglog", "(1 | g)", "cloglog")]
    [InlineData("beta_slopes", "(x | g)", "logit")]
    [InlineData("beta_crossed", "(1 | g) + (1 | item)", "logit")]
    public void Beta_binomial_models_agree_with_glmmTMB(string name, string effects, string link)
    {
        Assert.True(Link.TryParse(link, out var function));
        var fit = Check(
            name,
            $"events / trials ~ arm + x + {effects}",
            new GlmmOptions { Family = Family.Binomial, BetaBinomial = true, Link = function, Nodes = 1 });
        Close(Expected(name).GetProperty("sigma").GetDouble(), 1 / fit.Dispersion, 1e-4);
    }

    [Theory]
    [InlineData("poisson_constant", "number", "(1 | g)", "1")]
    [InlineData("poisson_formula", "number", "(1 | g)", "x")]
    [InlineData("poisson_crossed", "number", "(1 | g) + (1 | item)", "x")]
    [InlineData("negative_constant", "count", "(1 | g)", "1")]
    [InlineData("negative_formula", "count", "(1 | g)", "x")]
    [InlineData("negative_crossed", "count", "(1 | g) + (1 | item)", "x")]
    [InlineData("negative_weighted", "count", "(1 | g)", "x")]
    public void Models_with_excess_zeros_agree_with_glmmTMB(string name, string outcome, string effects, string inflation)
    {
        var negative = name.StartsWith("negative", StringComparison.Ordinal);
        var fit = Check(
            name,
            $"{outcome} ~ arm + x + {effects}",
            new GlmmOptions { Family = negative ? Family.NegativeBinomial(1) : Family.Poisson, ZeroInflation = true, Nodes = 1 },
            name == "negative_weighted" ? "w" : null,
            inflation);
        var names = fit.Frame.Inflation!.Names;
        for (var j = 0; j < names.Count; j++)
        {
            Assert.Equal(Expected(name).GetProperty("inflation").GetProperty(names[j]).GetDouble(), fit.InflationCoefficients[j], 5e-5);
            var at = fit.Parameters.Length - names.Count - (negative ? 1 : 0) + j;
            var error = Math.Sqrt(fit.JointCovariance[at * (fit.Parameters.Length + 1)]);
            Close(Expected(name).GetProperty("inflationSe").GetProperty("zi~" + names[j]).GetDouble(), error, 5e-4);
        }

        if (negative)
        {
            Close(Expected(name).GetProperty("sigma").GetDouble(), 1 / fit.Dispersion, 1e-4);
        }
    }

    private static JsonElement Expected(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "mixtures.json"))).RootElement.GetProperty(name);

    private static GlmmFit Check(string name, string formula, GlmmOptions options, string? weights = null, string? inflation = null)
    {
        var expected = Expected(name);
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "mixtures.csv")),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Weights = weights,
                Inflation = inflation is null ? null : FormulaParser.Parse($"number ~ {inflation}"),
            });
        var fit = GlmmFitter.Fit(frame, options);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 5e-6);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            var term = fit.Frame.Design.Names[j];
            Assert.Equal(expected.GetProperty("coefficients").GetProperty(term).GetDouble(), fit.Coefficients[j], 2e-5);
            Close(expected.GetProperty("se").GetProperty(term).GetDouble(), fit.StandardErrors[j], 5e-4);
        }

        foreach (var effect in fit.RandomEffects)
        {
            var deviations = expected.GetProperty("sd").GetProperty(effect.Group);
            for (var a = 0; a < effect.Dimension; a++)
            {
                var deviation = deviations.ValueKind == JsonValueKind.Array ? deviations[a] : deviations;
                Assert.Equal(deviation.GetDouble(), effect.StandardDeviations[a], 5e-5);
            }
        }

        return fit;
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.Equal(expected, actual, tolerance * Math.Abs(expected));
}
