using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests;

/// <summary>
/// Every lmm_* and crossed_lmm_* case of tests/reference: lme4 1.1.31, lmerTest 3.1.3,
/// pbkrtest 0.5.2 and nlme 3.1.162 under R 4.2.2, with the case's tolerance.
/// </summary>
public sealed class LmmGolden
{
    public static TheoryData<string> Cases => new(Directory.GetFiles(Path.Combine(Reference, "cases"), "*lmm_*.json")
        .Where(path => !path.Contains("glmm", StringComparison.Ordinal))
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Order(StringComparer.Ordinal));

    private static string Reference { get; } = FindReference();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Case_agrees_with_its_reference(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Reference, "cases", name + ".json")));
        var root = document.RootElement;
        var (fit, expected, tolerance) = (Fit(root), root.GetProperty("expected"), root.GetProperty("tolerance").GetDouble());
        var names = fit.Frame.Design.Names.ToList();
        foreach (var entry in expected.GetProperty("coefficients").EnumerateObject())
        {
            Near(entry.Value.GetDouble(), fit.Coefficients[names.IndexOf(entry.Name)], tolerance, 1);
        }

        foreach (var entry in expected.GetProperty("se_model").EnumerateObject())
        {
            Near(entry.Value.GetDouble(), fit.StandardError(names.IndexOf(entry.Name)), Math.Max(tolerance, 1e-4), 0);
        }

        // Log-likelihoods do not move with the optimizer's last digits: all agree to 1e-7.
        Near(expected.GetProperty("logLik").GetDouble(), fit.LogLikelihood, 1e-7, 1);
        CheckResidual(fit, expected, tolerance);
        CheckEffects(fit, expected);
        CheckInference(fit, expected, names, "df_satterthwaite", LmmReference.Satterthwaite);
        CheckInference(fit, expected, names, "df_kenward_roger", LmmReference.KenwardRoger);
    }

    internal static ModelFrame Frame(
        string data,
        string formula,
        string? cluster = null,
        string? wave = null,
        IReadOnlyList<string>? auxiliary = null,
        string[]? factors = null) =>
        ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Reference, "data", data + ".csv")),
            new FrameRequest
            {
                Formula = FormulaParser.Parse(formula),
                Cluster = cluster,
                Wave = wave,
                Auxiliary = auxiliary ?? [],
                Factors = factors ?? [],
            });

    private static LmmFit Fit(JsonElement root)
    {
        var structure = ResidualStructure.Identity;
        if (Text(root, "residual") is { } name)
        {
            Assert.True(ResidualStructure.TryParse(name, out structure));
        }

        var frame = Frame(Text(root, "data")!, Text(root, "formula")!, Text(root, "cluster"), Text(root, "wave"));
        return LmmFitter.Fit(frame, new LmmOptions { Restricted = root.GetProperty("reml").GetBoolean(), Residual = structure! });
    }

    private static void CheckResidual(LmmFit fit, JsonElement expected, double tolerance)
    {
        if (expected.TryGetProperty("residual_sd", out var deviation))
        {
            Near(deviation.GetDouble(), Math.Sqrt(fit.ResidualVariance), Math.Max(tolerance, 1e-4), 0);
        }

        if (expected.TryGetProperty("residual_covariance", out var matrix))
        {
            var values = matrix.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetDouble()).ToArray();
            var largest = values.Max(Math.Abs);
            for (var i = 0; i < values.Length; i++)
            {
                // nlme stops within 1e-5 of its correlations: entries agree to ten times the case's tolerance of the largest.
                Assert.True(Math.Abs(values[i] - fit.ResidualCovariances[0].Covariance[i]) < Math.Max(tolerance * 10, 1e-3) * largest);
            }
        }
    }

    private static void CheckEffects(LmmFit fit, JsonElement expected)
    {
        if (expected.TryGetProperty("random", out var random))
        {
            // lme4 calls the second of two uncorrelated effects of a group group.1.
            var groups = fit.RandomEffects.Select(effect => effect.Group).ToList();
            var deviations = random
                .EnumerateObject()
                .OrderBy(entry => groups.IndexOf(entry.Name.Replace(".1", "", StringComparison.Ordinal)))
                .SelectMany(entry => Numbers(entry.Value.GetProperty("sd")))
                .ToArray();
            var fitted = fit.RandomEffects.SelectMany(effect => effect.StandardDeviations.ToArray()).ToArray();
            Assert.Equal(deviations.Length, fitted.Length);
            for (var i = 0; i < deviations.Length; i++)
            {
                Near(deviations[i], fitted[i], 1e-4, 0);
            }
        }

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
                var modes = Numbers(level.Value);
                for (var j = 0; j < modes.Length; j++)
                {
                    Near(modes[j], effect.Modes[(labels[level.Name] * effect.Dimension) + j], 5e-4, 1);
                }
            }
        }
    }

    private static void CheckInference(LmmFit fit, JsonElement expected, List<string> names, string member, LmmReference reference)
    {
        if (!expected.TryGetProperty(member, out var degrees))
        {
            return;
        }

        var table = reference.Of(fit).Table();
        foreach (var entry in degrees.EnumerateObject())
        {
            Near(entry.Value.GetDouble(), table[names.IndexOf(entry.Name)].DegreesOfFreedom!.Value, 1e-4, 0);
        }

        if (reference == LmmReference.KenwardRoger)
        {
            foreach (var entry in expected.GetProperty("se_kenward_roger").EnumerateObject())
            {
                Near(entry.Value.GetDouble(), table[names.IndexOf(entry.Name)].StandardError, 1e-5, 0);
            }
        }
    }

    private static double[] Numbers(JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray().Select(value => value.GetDouble())] : [element.GetDouble()];

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static void Near(double expected, double actual, double tolerance, double floor) =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance * Math.Max(floor, Math.Abs(expected)),
            $"{actual:R} is not {expected:R} within {tolerance:R}.");

    private static string FindReference()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "MarginalConditional.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "tests", "reference");
    }
}
