using System.Globalization;
using System.Text.RegularExpressions;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads laws written as a name with parameters: <c>t(5)</c>, <c>negative-binomial(20, 3)</c>.</summary>
internal static partial class ShapedName
{
    /// <summary>Shapes beyond these are point masses or normal laws, and the sums over their densities do not end.</summary>
    private const double SmallestShape = 1e-3;

    private const double LargestShape = 1e6;

    private static readonly string[] EffectNames = ["normal", "bridge", "t(5)", "gamma(1)", "two-point(0.5)"];

    private static readonly string[] SizeNames =
        ["20", "poisson(20)", "negative-binomial(20, 3)", "cv(20, 0.6)", "either(10, 30)", "either(10, 30, 0.25)"];

    private static readonly string[] StructureNames =
        ["exchangeable(0.05)", "ar1(0.5)", "nested(0.05, 0.02)", "unstructured(0.3, 0.2, 0.3)"];

    /// <summary>A law of random effects, or of a covariate.</summary>
    public static EffectLaw ReadEffectLaw(
        YamlSection section, YamlNode node, string key, string text, double standardDeviation)
    {
        var (name, parameters) = Split(text);
        return (name, parameters) switch
        {
            ("normal", []) => EffectLaw.Normal(standardDeviation),
            ("bridge", []) => EffectLaw.Bridge(standardDeviation),
            ("t", [> 2 and <= LargestShape and var df]) => EffectLaw.Student(standardDeviation, df),
            ("gamma", [>= SmallestShape and <= LargestShape and var shape]) => EffectLaw.Gamma(standardDeviation, shape),
            ("two-point", [>= 1e-6 and <= 1 - 1e-6 and var probability]) => EffectLaw.TwoPoint(standardDeviation, probability),
            ("t", [<= 2]) => throw section.Error(
                node,
                $"The setting {key} is \"{text}\": a t distribution needs more than 2 degrees of freedom to have a variance."),
            _ => throw Unknown(section, node, key, text, EffectNames),
        };
    }

    /// <summary>The law of the cluster sizes.</summary>
    public static SizeLaw ReadSizeLaw(YamlSection section, YamlNode node, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= 1_000_000)
        {
            return SizeLaw.OfSize(size);
        }

        var (name, parameters) = Split(text);
        return (name, parameters) switch
        {
            ("poisson", [> 0 and <= 1_000_000 and var mean]) => SizeLaw.Poisson(mean),
            ("negative-binomial", [> 0 and <= 1_000_000 and var mean, >= SmallestShape and <= LargestShape and var theta]) =>
                SizeLaw.NegativeBinomial(mean, theta),
            ("cv", [> 0 and <= 1_000_000 and var mean, >= 0.01 and <= 10 and var variation]) => SizeLaw.Gamma(mean, variation),
            ("either", [var small, var large]) when IsSize(small) && IsSize(large) && small < large =>
                SizeLaw.Either((int)small, (int)large),
            ("either", [var small, var large, > 0 and < 1 and var probability]) when IsSize(small) && IsSize(large) && small < large =>
                SizeLaw.Either((int)small, (int)large, probability),
            _ => throw Unknown(section, node, "cluster-size", text, SizeNames),
        };
    }

    /// <summary>The correlations of the outcomes of a cluster.</summary>
    public static CorrelationStructure ReadStructure(YamlSection section, YamlNode node, string text)
    {
        var (name, parameters) = Split(text);
        if (parameters.FirstOrDefault(value => Math.Abs(value) > 1) is not 0 and var outside)
        {
            throw section.Error(node, FormattableString.Invariant($"The setting correlation has {outside}; correlations go from -1 to 1."));
        }

        return (name, parameters) switch
        {
            ("exchangeable", [var all]) => CorrelationStructure.Exchangeable(all),
            ("ar1", [var neighbours]) => CorrelationStructure.Autoregressive(neighbours),
            ("nested", [var within, var between]) => CorrelationStructure.Nested(within, between),
            ("unstructured", [_, ..]) => CorrelationStructure.Unstructured(parameters),
            _ => throw Unknown(section, node, "correlation", text, StructureNames),
        };
    }

    private static bool IsSize(double number) => number is >= 1 and <= 1_000_000 && number == Math.Floor(number);

    private static InputException Unknown(YamlSection section, YamlNode node, string key, string text, string[] names) =>
        section.Error(
            node,
            $"The setting {key} is \"{text}\".{Suggestion.Sentence(text, names)}",
            $"It takes forms such as {string.Join(", ", names)}.");

    private static (string Name, double[] Parameters) Split(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success)
        {
            return (text, []);
        }

        var parts = match.Groups["parameters"].Value.Split(',');
        var parameters = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out parameters[i])
                || !double.IsFinite(parameters[i]))
            {
                return (text, []);
            }
        }

        return (match.Groups["name"].Value, parameters);
    }

    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9-]*)\s*\((?<parameters>[^()]*)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
