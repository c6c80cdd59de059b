using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>
/// Crossed effects of every kind of family, slopes, nested groupings inside crossed ones, weights, offsets and profile limits agree with
/// glmmTMB 1.1.5's Laplace fits (crossed-families.R).
/// </summary>
public sealed class CrossedFamiliesGolden
{
    private static readonly string Folder = Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference");

    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "crossed-families.json"))).RootElement;

    [Theory]
    [InlineData("logit", "b ~ x + (1 | s) + (1 | i)", "binomial", "logit", null)]
    [InlineData("probit", "b ~ x + (1 | s) + (1 | i)", "binomial", "probit", null)]
    [InlineData("cloglog", "b ~ x + (1 | s) + (1 | i)", "binomial", "cloglog", null)]
    [InlineData("events", "cbind(k, 5 - k) ~ x + (1 | s) + (1 | i)", "binomial", "logit", null)]
    [InlineData("poisson", "count ~ x + offset(log(e)) + (1 | s) + (1 | i)", "poisson", "log", null)]
    [InlineData("negative", "nb ~ x + (1 | s) + (1 | i)", "negative-binomial", "log", null)]
    [InlineData("gamma", "ga ~ x + (1 | s) + (1 | i)", "gamma", "log", null)]
    [InlineData("gaussian", "g ~ x + (1 | s) + (1 | i)", "gaussian", "identity", null)]
    [InlineData("slopes", "b ~ x + (1 + x | s) + (1 | i)", "binomial", "logit", null)]
    [InlineData("uncorrelated", "b ~ x + (1 | s) + (0 + x | s) + (1 | i)", "binomial", "logit", null)]
    [InlineData("both_slopes", "nb ~ x + (1 + x | s) + (1 + x | i)", "negative-binomial", "log", null)]
    [InlineData("nested", "b ~ x + (1 | site/s) + (1 | i)", "binomial", "logit", null)]
    [InlineData("weighted", "b ~ x + (1 | s) + (1 | i)", "binomial", "logit", "w")]
    [InlineData("weighted_gamma", "ga ~ x + (1 | s) + (0 + x | s) + (1 | i)", "gamma", "log", "w")]
    public void Fits_agree_with_glmmTMB(string name, string formula, string family, string link, string? weights)
    {
        var expected = Expected.GetProperty(name);
        var fit = Fit(formula, family, link, weights);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Assert.Equal(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 5e-6);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            var term = fit.Frame.Design.Names[j];
            var error = expected.GetProperty("se").GetProperty(term).GetDouble();
            Assert.Equal(expected.GetProperty("coefficients").GetProperty(term).GetDouble(), fit.Coefficients[j], 5e-5);
            Assert.Equal(error, fit.StandardErrors[j], 1e-3 * error);
        }

        // The names of terms differ; so all standard deviations are compared by size.
        var wanted = expected.GetProperty("sd").EnumerateObject().SelectMany(sd => Numbers(sd.Value)).Order().ToList();
        var found = fit.RandomEffects.SelectMany(effect => effect.StandardDeviations.ToArray()).Order().ToList();
        Assert.Equal(wanted.Count, found.Count);
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Profile_limits_agree_with_glmmTMB()
    {
        var fit = Fit("b ~ x + (1 | s) + (1 | i)", "binomial", "logit", null);
        var expected = Expected.GetProperty("profile");
        Same(Numbers(expected.GetProperty("x")), GlmmProfiles.OfCoefficient(fit, 1));
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            Same(Numbers(expected.GetProperty(fit.RandomEffects[t].Group)), GlmmProfiles.OfStandardDeviation(fit, t));
        }
    }

    // glmmTMB interpolates its profiles between some dozen points.
    private static void Same(double[] expected, ProfileInterval interval)
    {
        Assert.Equal(expected[0], interval.Lower, 1e-3 * (expected[1] - expected[0]));
        Assert.Equal(expected[1], interval.Upper, 1e-3 * (expected[1] - expected[0]));
    }

    private static double[] Numbers(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(number => number.GetDouble())] : [value.GetDouble()];

    private static GlmmFit Fit(string formula, string family, string link, string? weights)
    {
        Assert.True(Link.TryParse(link, out var function));
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "crossed-families.csv")),
            new FrameRequest { Formula = FormulaParser.Parse(formula), Weights = weights });
        var law = family switch
        {
            "binomial" => Family.Binomial,
            "poisson" => Family.Poisson,
            "negative-binomial" => Family.NegativeBinomial(1),
            "gamma" => Family.Gamma,
            _ => (Family)Family.Gaussian,
        };
        return GlmmFitter.Fit(frame, new GlmmOptions { Family = law, Link = function, Threads = 1 });
    }
}
