using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Reference;

/// <summary>Runs a case of tests/reference/cases and compares every number that it expects.</summary>
internal static class ReferenceComparison
{
    /// <summary>The cases that the program runs; those in parentheses are for functions of the libraries.</summary>
    public static IEnumerable<string> Names => ReferenceCase.Names.Where(name => !ReferenceCase.Read(name).Command.StartsWith('('));

    /// <summary>What agrees and what differs.</summary>
    public static Agreement Of(ReferenceCase reference)
    {
        var output = Run(reference);
        var agreement = new Agreement();
        if (reference.Checks.Count > 0)
        {
            CheckedPaths.Check(reference, output, agreement);
            return agreement;
        }

        if (reference.IsLowerBound)
        {
            var bound = reference.Expected.GetProperty("logLik").GetDouble() - reference.Tolerance;
            if (!(output.GetProperty("logLik").GetDouble() >= bound))
            {
                agreement.Say($"log-likelihood below {bound}");
            }

            return agreement;
        }

        CheckCommon(reference, output, agreement);
        switch (reference.Command)
        {
            case "gee": CheckGee(reference, output, agreement); break;
            case "lmm": CheckDegreesOfFreedom(reference, agreement); break;
            case "meta": CheckMeta(reference, output, agreement); break;
            case "marginalize":
                agreement.Terms(
                output,
                "conditional",
                "estimate",
                reference.Expected.GetProperty("conditional"),
                reference.Tolerance,
                relative: false); break;
        }

        return agreement;
    }

    private static JsonElement Run(ReferenceCase reference, params string[] more)
    {
        var run = Margcond.Run(reference.Arguments(more));
        Assert.True(run.ExitCode == 0, $"exit {run.ExitCode}: {run.Error}");
        using var document = JsonDocument.Parse(run.Out);
        return document.RootElement.Clone();
    }

    private static void CheckCommon(ReferenceCase reference, JsonElement output, Agreement agreement)
    {
        var tolerance = reference.Tolerance;
        foreach (var (key, expected) in reference.Expected.EnumerateObject().Select(entry => (entry.Name, entry.Value)))
        {
            switch (key)
            {
                case "coefficients":
                    agreement.Terms(output, "coefficients", "estimate", expected, tolerance, relative: false);
                    break;
                case "thresholds":
                    agreement.Terms(output, "thresholds", "estimate", expected, tolerance, relative: false);
                    break;
                case "se_model" when reference.Command is not "gee":
                    agreement.Terms(
                        output,
                        "coefficients",
                        "se",
                        expected,
                        reference.Command == "glmm" ? reference.StandardErrorTolerance : Math.Max(tolerance, 1e-4),
                        relative: true);
                    break;
                case "logLik":
                    agreement.Near(key, output.GetProperty("logLik").GetDouble(), expected.GetDouble(), reference.LogLikelihoodTolerance);
                    break;
                case "residual_sd":
                    agreement.NearRelative(
                        key,
                        output.GetProperty("residualSd").GetDouble(),
                        expected.GetDouble(),
                        Math.Max(tolerance, 1e-4));
                    break;
                case "residual_covariance":
                    agreement.Matrix(key, output.GetProperty("residualCovariance"), expected, Math.Max(tolerance * 10, 1e-3));
                    break;
                case "random_sd":
                    CheckStandardDeviations(
                        key,
                        output.GetProperty("randomEffects")[0].GetProperty("sd"),
                        expected,
                        Math.Max(tolerance * 5, 1e-3),
                        agreement);
                    break;
                case "random_covariance":
                    agreement.Matrix(
                        key,
                        output.GetProperty("randomEffects")[0].GetProperty("covariance"),
                        expected,
                        Math.Max(tolerance * 5, 1e-2));
                    break;
                case "random":
                    RandomEffectComparison.Terms(output, expected, agreement);
                    break;
                case "blup" when expected.ValueKind == JsonValueKind.Object:
                    RandomEffectComparison.Modes(output, expected, agreement);
                    break;
            }
        }
    }

    private static void CheckStandardDeviations(
        string what,
        JsonElement actual,
        JsonElement expected,
        double tolerance,
        Agreement agreement)
    {
        var wanted = expected.ValueKind == JsonValueKind.Array
            ? expected.EnumerateArray().Select(value => value.GetDouble()).ToArray()
            : [expected.GetDouble()];
        for (var i = 0; i < wanted.Length; i++)
        {
            agreement.NearRelative($"{what}[{i}]", actual[i].GetDouble(), wanted[i], tolerance);
        }
    }

    private static void CheckGee(ReferenceCase reference, JsonElement output, Agreement agreement)
    {
        var terms = output
            .GetProperty("coefficients")
            .EnumerateArray()
            .Select(row => row.GetProperty("term").GetString()!.Replace(" ", string.Empty, StringComparison.Ordinal))
            .ToList();
        void StandardErrors(string estimator, JsonElement expected)
        {
            var actual = output.GetProperty("se").GetProperty(estimator);
            foreach (var term in expected.EnumerateObject())
            {
                var index = terms.IndexOf(term.Name.Replace(" ", string.Empty, StringComparison.Ordinal));
                agreement.NearRelative(
                    $"{estimator} SE of {term.Name}",
                    actual[index].GetDouble(),
                    term.Value.GetDouble(),
                    reference.StandardErrorTolerance);
            }
        }

        var expected = reference.Expected;
        foreach (var estimator in (string[])["robust", "model"])
        {
            if (expected.TryGetProperty("se_" + estimator, out var errors))
            {
                StandardErrors(estimator, errors);
            }
        }

        if (expected.TryGetProperty("se", out var all))
        {
            foreach (var estimator in all.EnumerateObject())
            {
                StandardErrors(estimator.Name.Replace('_', '-'), estimator.Value);
            }
        }

        if (expected.TryGetProperty("alpha", out var alpha) && alpha.ValueKind is not JsonValueKind.Null)
        {
            var want = alpha.ValueKind == JsonValueKind.Array
                ? alpha.EnumerateArray().Select(value => value.GetDouble()).ToArray()
                : [alpha.GetDouble()];
            for (var i = 0; i < want.Length; i++)
            {
                agreement.Near(
                    $"alpha[{i}]",
                    output.GetProperty("correlation").GetProperty("alpha")[i].GetDouble(),
                    want[i],
                    Math.Max(reference.Tolerance, 1e-6));
            }
        }

        if (expected.TryGetProperty("covariance_robust", out var covariance))
        {
            agreement.Matrix("robust covariance", RobustCovariance(reference), covariance, 1e-5);
        }

        if (expected.TryGetProperty("scale", out var scale))
        {
            agreement.Near("scale", output.GetProperty("scale").GetDouble(), scale.GetDouble(), Math.Max(reference.Tolerance, 1e-6));
        }
    }

    /// <summary>The covariance printed belongs to the estimator named first.</summary>
    private static JsonElement RobustCovariance(ReferenceCase reference) => Run(reference, "--se", "robust").GetProperty("covariance");

    private static void CheckDegreesOfFreedom(ReferenceCase reference, Agreement agreement)
    {
        foreach (var (key, method) in ((string, string)[])[("df_satterthwaite", "satterthwaite"), ("df_kenward_roger", "kenward-roger")])
        {
            if (!reference.Expected.TryGetProperty(key, out var expected))
            {
                continue;
            }

            var output = Run(reference, "--df", method);
            agreement.Terms(output, "coefficients", "df", expected, 5e-3, relative: true);
            if (method == "kenward-roger" && reference.Expected.TryGetProperty("se_kenward_roger", out var errors))
            {
                agreement.Terms(output, "coefficients", "se", errors, 1e-3, relative: true);
            }
        }
    }

    private static void CheckMeta(ReferenceCase reference, JsonElement output, Agreement agreement)
    {
        var tolerance = Math.Max(reference.Tolerance * 10, 1e-4);
        foreach (var (key, property) in ((string, string)[])[
            ("estimate", "estimate"),
            ("se", "se"),
            ("lower", "lower"),
            ("upper", "upper"),
            ("tau2", "tau2"),
            ("i2", "i2"),
            ("q", "q"),
            ("prediction_lower", "predictionLower"),
            ("prediction_upper", "predictionUpper"),
        ])
        {
            if (reference.Expected.TryGetProperty(key, out var expected))
            {
                agreement.Near(key, output.GetProperty(property).GetDouble(), expected.GetDouble(), tolerance);
            }
        }

        if (reference.Expected.TryGetProperty("blup", out var shrunken) && shrunken.ValueKind == JsonValueKind.Array)
        {
            var studies = output.GetProperty("studies");
            for (var i = 0; i < shrunken.GetArrayLength(); i++)
            {
                agreement.Near($"shrunken[{i}]", studies[i].GetProperty("shrunken").GetDouble(), shrunken[i].GetDouble(), 1e-4);
            }
        }
    }
}
