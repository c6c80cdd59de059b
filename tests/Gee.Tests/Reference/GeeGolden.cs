using System.Text.Json;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Reference;

/// <summary>
/// The numbers of geepack 1.3.9 and geeM 0.10.1 (R 4.2.2, run to 1e-11),
/// and corrected sandwiches by n×n algebra, at the tolerance of each case.
/// </summary>
public class GeeGolden
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_agrees_with_the_reference_software(string name)
    {
        var reference = new ReferenceCase(name);
        var fit = reference.Fit();
        Assert.True(fit.Convergence.Converged);
        var names = fit.Frame.Design.Names.ToList();
        foreach (var expected in reference.Expected.GetProperty("coefficients").EnumerateObject())
        {
            var actual = fit.Coefficients[IndexOf(names, expected.Name)];
            Assert.Equal(expected.Value.GetDouble(), actual, reference.Tolerance * Math.Max(1, Math.Abs(actual)));
        }

        CheckErrors(reference.Expected, "se_robust", GeeVariance.Robust, fit);
        CheckErrors(reference.Expected, "se_model", GeeVariance.Model, fit);
        if (reference.Expected.TryGetProperty("se", out var errors))
        {
            foreach (var estimator in errors.EnumerateObject())
            {
                Assert.True(GeeVariance.TryParse(estimator.Name.Replace('_', '-'), out var variance));
                CheckErrors(errors, estimator.Name, variance, fit);
            }
        }

        if (reference.Expected.TryGetProperty("alpha", out var alpha) && alpha.ValueKind != JsonValueKind.Null)
        {
            double[] wanted = alpha.ValueKind == JsonValueKind.Array
                ? [.. alpha.EnumerateArray().Select(value => value.GetDouble())]
                : [alpha.GetDouble()];
            Assert.Equal(wanted.Length, fit.Correlation.Alpha.Length);
            for (var k = 0; k < wanted.Length; k++)
            {
                Assert.Equal(wanted[k], fit.Correlation.Alpha[k], reference.Tolerance);
            }
        }

        Assert.Equal(reference.Expected.GetProperty("scale").GetDouble(), fit.Scale, reference.Tolerance * Math.Max(1, fit.Scale));
    }

    // clubSandwich 0.5.8 (R 4.2.2) on lm(): CR0, CR2 and CR3 are these estimators
    // under working independence; tests/reference/made-by/clubsandwich.R.
    [Theory]
    [InlineData("crt14", "y ~ arm + x", "cluster", new[] { 0.024792344314, 0.046131099122, 0.020847627155 },
        new[] { 0.027480133698, 0.050761705993, 0.021590122319 }, new[] { 0.030525254667, 0.055928248282, 0.022389031810 })]
    [InlineData("dietox", "Weight ~ Time", "Pig", new[] { 0.543684623803, 0.080177296309 }, new[] { 0.547482305102, 0.080749011065 },
        new[] { 0.551306524527, 0.081324817433 })]
    public void Corrections_of_a_linear_model_agree_with_clubSandwich(
        string data,
        string formula,
        string cluster,
        double[] robust,
        double[] kauermannCarroll,
        double[] manclDeRouen)
    {
        var fit = GeeFitter.Fit(
            ReferenceCase.Frame(data, formula, cluster),
            new GeeOptions { Family = Family.Gaussian, Correlation = WorkingCorrelation.Independence });
        foreach (var (variance, expected) in new[]
        {
            (GeeVariance.Robust, robust),
            (GeeVariance.KauermannCarroll, kauermannCarroll),
            (GeeVariance.ManclDeRouen, manclDeRouen),
        })
        {
            var actual = GeeInference.Of(fit, variance).StandardErrors();
            for (var j = 0; j < expected.Length; j++)
            {
                Assert.Equal(expected[j], actual[j], 1e-10);
            }
        }
    }

    // geepack 1.3.9, QIC(geeglm(...)) at its default tolerance 1e-4: the information at β and φ of the fit under independence.
    [Theory]
    [InlineData("gee_ohio_exchangeable", 1830.350380, 1827.480050, 5.435165)]
    [InlineData("gee_epilepsy_exchangeable", -5955.18385, -5964.14029, 10.47822)]
    public void Criteria_agree_with_geepack(string name, double qic, double qicu, double cic)
    {
        var criteria = InformationCriteria.Of(new ReferenceCase(name).Fit());
        Assert.Equal(qicu, criteria.Qicu, 2e-3);
        Assert.Equal(cic, criteria.Cic, 1e-4);
        Assert.Equal(qic, criteria.Qic, 2e-3);
    }

    private static void CheckErrors(JsonElement parent, string property, GeeVariance variance, GeeFit fit)
    {
        if (!parent.TryGetProperty(property, out var expected))
        {
            return;
        }

        var errors = GeeInference.Of(fit, variance).StandardErrors();
        foreach (var entry in expected.EnumerateObject())
        {
            var actual = errors[IndexOf([.. fit.Frame.Design.Names], entry.Name)];
            Assert.Equal(1, actual / entry.Value.GetDouble(), 1e-5);
        }
    }

    private static int IndexOf(List<string> names, string name) => names.FindIndex(candidate => Plain(candidate) == Plain(name));

    private static string Plain(string name) => name.Replace(" ", "", StringComparison.Ordinal);
}
