using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Glmm.Tests.Ordinal;

/// <summary>Cumulative mixed models agree with ordinal 2022.11-16 and with trapezoid integrals of 241 points.</summary>
public sealed class OrdinalGolden
{
    [Theory]
    [InlineData("ordinal_wine_logit_q25")]
    [InlineData("ordinal_arthritis_logit_q25")]
    public void Adaptive_quadrature_agrees_with_clmm(string name)
    {
        var (fit, expected, root) = Fit(name);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Empty(fit.Warnings);
        Compare(fit, expected, root.GetProperty("tolerance").GetDouble());
        CompareErrors(fit, expected, root.GetProperty("tolerance_se").GetDouble());
        Assert.Equal(expected.GetProperty("random_sd").GetDouble(), fit.RandomEffects[0].StandardDeviations[0], 1e-5);
        Assert.Equal(expected.GetProperty("random_sd_se").GetDouble(), Math.Sqrt(fit.JointCovariance[^1]), 1e-3);
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-5);
    }

    [Fact]
    public void Partial_proportional_odds_agrees_with_its_own_integral()
    {
        var (fit, expected, _) = Fit("ordinal_wine_partial", "contact");
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Compare(fit, expected, 1e-5);
        CompareErrors(fit, expected, 1e-3);
        Assert.Equal(expected.GetProperty("random_sd").GetDouble(), fit.RandomEffects[0].StandardDeviations[0], 1e-5);
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-5);

        var peer = expected.GetProperty("proportional_odds_lr");
        var proportional = OrdinalGlmmFitter.Fit(fit.Frame, fit.Options with { NominalColumns = [] });
        foreach (var test in new[]
        {
            Assert.Single(ProportionalityTest.OfNominal(fit)),
            ProportionalityTest.OfTerms(proportional).Single(test => test.Term == "contact"),
        })
        {
            Assert.Equal("contact", test.Term);
            Assert.Equal(peer.GetProperty("statistic").GetDouble(), test.Statistic, 1e-5);
            Assert.Equal(peer.GetProperty("df").GetInt32(), test.DegreesOfFreedom);
            Assert.Equal(peer.GetProperty("p").GetDouble(), test.PValue, 1e-5);
            Assert.Equal(
                ["contactyes@1|2", "contactyes@2|3", "contactyes@3|4", "contactyes@4|5"], test.Slopes().Select(slope => slope.Term));
        }

        Assert.Equal(6, ProportionalityTest.OfTerms(proportional).Single(test => test.Term == "all").DegreesOfFreedom);
    }

    [Fact]
    public void Laplace_of_an_intercept_and_a_slope_is_no_lower_than_clmm()
    {
        var (fit, expected, _) = Fit("ordinal_wine_slope_laplace");
        Assert.True(fit.LogLikelihood >= expected.GetProperty("logLik").GetDouble() - 1e-4, $"{fit.LogLikelihood}");
    }

    // clmm of 2022.11-16 swaps the names: its "cloglog" is the log-log model, −82.72578, and its "loglog" this one, −81.52341; clm has
    // them right.
    [Theory]
    [InlineData("cloglog", -81.52341)]
    [InlineData("loglog", -82.72578)]
    public void Asymmetric_links_agree_with_clmm_under_the_other_name(string link, double expected)
    {
        var frame = Frame("wine", "rating ~ temp + contact + (1 | judge)");
        var fit = OrdinalGlmmFitter.Fit(frame, new OrdinalGlmmOptions { Link = Link(link), Nodes = 25 });
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(expected, fit.LogLikelihood, 1e-5);
    }

    internal static CumulativeLink Link(string name) =>
        CumulativeLink.TryParse(name, out var link) ? link : throw new ArgumentException(name, nameof(name));

    internal static ModelFrame Frame(string data, string formula) => ModelFrameBuilder.Build(
        DatasetReader.Read(Path.Combine(ReferenceCase.Root, "data", data + ".csv")),
        new FrameRequest { Formula = FormulaParser.Parse(formula), HasOrderedOutcome = true });

    private static (OrdinalGlmmFit Fit, JsonElement Expected, JsonElement Root) Fit(string name, string nominal = "")
    {
        var path = Path.Combine(ReferenceCase.Root, "cases", name + ".json");
        var root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        var frame = Frame(root.GetProperty("data").GetString()!, root.GetProperty("formula").GetString()!);
        var options = new OrdinalGlmmOptions
        {
            Link = Link(root.GetProperty("link").GetString()!),
            Nodes = root.GetProperty("nodes").GetInt32(),
            NominalColumns = [.. Enumerable.Range(0, frame.Design.Columns).Where(column => frame.Design.Terms[column] == nominal)],
        };
        return (OrdinalGlmmFitter.Fit(frame, options), root.GetProperty("expected"), root);
    }

    private static void Compare(OrdinalGlmmFit fit, JsonElement expected, double tolerance)
    {
        foreach (var part in new[] { "thresholds", "coefficients" })
        {
            foreach (var value in expected.GetProperty(part).EnumerateObject())
            {
                Assert.Equal(value.Value.GetDouble(), fit.FixedParameters[Place(fit, value.Name)], tolerance);
            }
        }
    }

    private static void CompareErrors(OrdinalGlmmFit fit, JsonElement expected, double tolerance)
    {
        var table = OrdinalGlmmInference.Of(fit).Table();
        foreach (var value in expected.GetProperty("se_model").EnumerateObject())
        {
            Assert.Equal(value.Value.GetDouble(), table[Place(fit, value.Name)].StandardError, tolerance);
        }
    }

    private static int Place(OrdinalGlmmFit fit, string name)
    {
        var place = fit.ParameterNames.ToList().IndexOf(name);
        return place >= 0 ? place : throw new ArgumentException($"There is no {name}.", nameof(name));
    }
}
