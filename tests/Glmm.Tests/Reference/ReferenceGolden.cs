using System.Text.Json;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>Fits agree with lme4 1.1.31 and GLMMadaptive 0.9.7 (each case states its source and tolerance).</summary>
public sealed class ReferenceGolden
{
    public static TheoryData<string> Cases => [.. Directory.GetFiles(Path.Combine(ReferenceCase.Root, "cases"), "glmm_*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_agrees_with_the_reference_software(string name)
    {
        var reference = ReferenceCase.Load(name);
        var fit = GlmmFitter.Fit(reference.Frame(), new GlmmOptions { Family = reference.Family, Nodes = reference.Nodes });

        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        var expected = reference.Expected;
        if (reference.IsLowerBound)
        {
            var bound = expected.GetProperty("logLik").GetDouble();
            Assert.True(fit.LogLikelihood >= bound, $"{fit.LogLikelihood} is below the peer's {bound}");
            return;
        }

        if (reference.Nodes == 1)
        {
            // lme4's own stopping rule leaves its Laplace values off by more than
            // the tolerance; laplace.R says how, and iterates it to the end.
            Compare(fit, reference, reference.ConvergedLaplace);
            return;
        }

        Compare(fit, reference, expected);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            var term = TermName(fit.Frame.Design.Names[j], expected.GetProperty("se_model"));
            var error = expected.GetProperty("se_model").GetProperty(term).GetDouble();
            Near("se " + term, error, fit.StandardErrors[j], error, reference.ErrorTolerance);
        }
    }

    private static void Compare(GlmmFit fit, ReferenceCase reference, JsonElement expected)
    {
        var log = expected.GetProperty("logLik").GetDouble();
        Near("logLik", log, fit.LogLikelihood, Math.Max(1, Math.Abs(log)), reference.LikelihoodTolerance);
        for (var j = 0; j < fit.Coefficients.Length; j++)
        {
            var term = TermName(fit.Frame.Design.Names[j], expected.GetProperty("coefficients"));
            var want = expected.GetProperty("coefficients").GetProperty(term).GetDouble();
            Near(term, want, fit.Coefficients[j], Math.Max(1, Math.Abs(want)), reference.Tolerance);
        }

        if (expected.TryGetProperty("random_sd", out var deviation))
        {
            Near(
                "sd",
                deviation.GetDouble(),
                fit.RandomEffects[0].StandardDeviations[0],
                deviation.GetDouble(),
                Math.Max(reference.Tolerance * 5, 1e-3));
        }

        if (expected.TryGetProperty("random_covariance", out var covariance))
        {
            var q = fit.RandomEffects[0].Dimension;
            for (var a = 0; a < q; a++)
            {
                for (var b = 0; b < q; b++)
                {
                    Near($"D[{a},{b}]", covariance[a][b].GetDouble(), fit.RandomEffects[0].Covariance[(a * q) + b], 1, 1e-2);
                }
            }
        }
    }

    private static string TermName(string name, JsonElement terms) =>
        terms
            .EnumerateObject()
            .Select(property => property.Name)
            .First(other => other.Replace(" ", "", StringComparison.Ordinal) == name.Replace(" ", "", StringComparison.Ordinal));

    private static void Near(string what, double expected, double actual, double scale, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * scale, $"{what}: {actual:R} is not {expected:R}");
}
