using System.Text.Json;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>
/// Crossed random effects agree with glmmTMB 1.1.5 under R 4.2.2, whose estimates were polished by Newton steps on its exact gradient:
/// the log-likelihood to 10⁻⁷, standard errors to 10⁻³ (they are differences of a gradient there).
/// </summary>
public sealed class CrossedGolden
{
    public static TheoryData<string> Cases => [.. Directory.GetFiles(Path.Combine(ReferenceCase.Root, "cases"), "crossed_glmm_*.json")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_agrees_with_glmmTMB(string name)
    {
        var reference = ReferenceCase.Load(name);
        var fit = GlmmFitter.Fit(reference.Frame(), new GlmmOptions { Family = reference.Family });
        var expected = reference.Expected;
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());
        Near("logLik", expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-6);
        var names = fit.Frame.Design.Names.ToList();
        foreach (var entry in expected.GetProperty("coefficients").EnumerateObject())
        {
            var j = names.IndexOf(entry.Name);
            var error = expected.GetProperty("se_model").GetProperty(entry.Name).GetDouble();
            Near(entry.Name, entry.Value.GetDouble(), fit.Coefficients[j], 1e-5);
            Near("se " + entry.Name, error, fit.StandardErrors[j], 1e-3 * error);
        }

        foreach (var group in expected.GetProperty("random").EnumerateObject())
        {
            var sd = group.Value.GetProperty("sd");
            double[] wanted = sd.ValueKind == JsonValueKind.Array ? [.. sd.EnumerateArray().Select(v => v.GetDouble())] : [sd.GetDouble()];
            var effect = fit.RandomEffects.Single(candidate => candidate.Group == group.Name);
            for (var a = 0; a < wanted.Length; a++)
            {
                Near(group.Name, wanted[a], effect.StandardDeviations[a], 1e-5);
            }
        }

        if (expected.TryGetProperty("dispersion_theta", out var theta))
        {
            Near("theta", theta.GetDouble(), 1 / fit.Dispersion, 1e-4);
        }

        CheckModes(fit, expected);
    }

    private static void CheckModes(GlmmFit fit, JsonElement expected)
    {
        if (!expected.TryGetProperty("blup", out var blup))
        {
            return;
        }

        foreach (var group in blup.EnumerateObject())
        {
            var effect = fit.RandomEffects.Single(candidate => candidate.Group == group.Name);
            var labels = Enumerable.Range(0, effect.GroupCount).ToDictionary(effect.Label, StringComparer.Ordinal);
            foreach (var level in group.Value.EnumerateObject())
            {
                Near(level.Name, level.Value.GetDouble(), effect.Modes[labels[level.Name]], 1e-4);
            }
        }
    }

    private static void Near(string what, double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance, $"{what}: {actual:R} is not {expected:R}");
}
