using System.Globalization;
using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Planning.Simulated;

/// <summary>A trial that a study file describes, with any number of clusters and any multiple of its effects. Immutable.</summary>
/// <remarks>
/// Numbers of clusters and multiples of the effect share their random streams: with sizes that are fixed, a trial of more clusters contains
/// that of fewer.
/// </remarks>
public sealed class PlannedStudy
{
    private const string ClustersKey = "clusters";

    private const string EffectKey = "effect";

    /// <summary>An effect that is none but for rounding.</summary>
    private const double None = 1e-9;

    /// <summary>The longest pattern in which clusters are allotted to arms or sequences.</summary>
    private const int LongestPattern = 200;

    private readonly string text;
    private readonly string source;
    private readonly ILikenessReader? fits;

    private PlannedStudy(string text, string source, ILikenessReader? fits)
    {
        (this.text, this.source, this.fits) = (text, source, fits);
        var study = StudyReader.Parse(text, source, fits);
        if (study.Scenarios.Count != 1)
        {
            throw new InputException(FormattableString.Invariant(
                $"The study has {study.Scenarios.Count} scenarios; a trial is planned by one."))
            {
                File = source,
                Hint = "Give every setting of its mechanisms one value.",
            };
        }

        if (study.Methods.FirstOrDefault(method => !IsEffect(method.Target.Name)) is { } odd)
        {
            throw new InputException($"The method \"{odd.Name}\" estimates {odd.Target.Name}, which is 0 under no hypothesis of no effect.")
            {
                File = source,
                Hint = "Leave it out; of ordered outcomes log-win-odds is tested in place of win-probability.",
            };
        }

        Study = study;
        Multiple = study.Scenarios[0].Mechanism is { } mechanism ? Pattern(mechanism.Design) : 1;
    }

    /// <summary>The study as its file has it.</summary>
    public Study Study { get; }

    /// <summary>Clusters after which arms or sequences begin again, 1 or more: numbers of clusters are multiples of it.</summary>
    public int Multiple { get; }

    /// <summary>Reads a study file of one scenario.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fits">Reads the kept fits that trials are to be like; null when the caller has none.</param>
    /// <exception cref="InputException">It is no such file, or has several scenarios; the line is given where there is one.</exception>
    public static PlannedStudy Read(string path, ILikenessReader? fits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(File.ReadAllText(path), path, fits);
        }
        catch (Exception exception) when (MissingLibrary.NameOf(exception) is null
            && (exception is IOException or UnauthorizedAccessException))
        {
            throw new InputException("The study file cannot be read.", exception) { File = path, Hint = "Check the path." };
        }
    }

    /// <summary>Reads a study of one scenario from its text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <param name="fits">Reads the kept fits that trials are to be like; null when the caller has none.</param>
    /// <exception cref="InputException">Something is wrong, or there are several scenarios.</exception>
    public static PlannedStudy Parse(string text, string source, ILikenessReader? fits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PlannedStudy(text, source, fits);
    }

    /// <summary>Refuses a method whose true effect is 0, which no number of clusters has power for.</summary>
    /// <exception cref="InputException">There is one.</exception>
    internal void RequireEffects()
    {
        var odd = Study.Methods.FirstOrDefault(method => Study.Scenarios[0].Truth(method.Target) is > -None and < None);
        if (odd is not null)
        {
            throw new InputException($"The method \"{odd.Name}\" estimates {odd.Target.Name}, which is 0: no trial has power for it.")
            {
                File = source,
                Hint = "Leave the method out, change the effect, or give --clusters alone for how often it rejects.",
            };
        }
    }

    /// <summary>The study with other numbers.</summary>
    /// <param name="clusters">Its clusters, 4 or more.</param>
    /// <param name="factor">What its effects are multiplied by, above 0: a ratio is raised to it.</param>
    /// <exception cref="InputException">No trial has such an effect, or the file says none.</exception>
    public Study At(int clusters, double factor)
    {
        var root = StudyReader.Root(text, source);
        var cell = (YamlMappingNode)((YamlMappingNode)root).Children[new YamlScalarNode(StudyReader.MechanismsKey)];
        Set(cell, ClustersKey, clusters.ToString(CultureInfo.InvariantCulture));
        if (factor != 1)
        {
            Multiply(cell, factor);
        }

        var study = StudyReader.Parse(root, source, fits);
        var scenario = study.Scenarios[0];
        var varied = scenario.Settings.Select(pair => pair.Key).Where(key => key == ClustersKey || IsEffectKey(key));
        return study with
        {
            Scenarios =
            [
                new Scenario(
                    scenario.Number, scenario.Settings, scenario.Factors, scenario.Source, varied.ToHashSet(StringComparer.Ordinal))
                {
                    Solved = scenario.Solved,
                },
            ],
        };
    }

    /// <summary>Multiplies every effect that the settings say.</summary>
    private void Multiply(YamlMappingNode cell, double factor)
    {
        var keys = cell.Children.Keys.Select(key => ((YamlScalarNode)key).Value ?? string.Empty).Where(IsEffectKey).ToArray();
        if (!keys.Contains(EffectKey))
        {
            throw new InputException("The study says no effect that could be multiplied.")
            {
                File = source,
                Hint = "Add a line such as \"effect: 0.3\" to its data-generating mechanisms.",
            };
        }

        var scale = cell.Children.TryGetValue(new YamlScalarNode("effect-scale"), out var given) ? Single(given) : string.Empty;
        var isRatio = EffectScale.All.Any(one => one.Name == scale && one.IsRatio);
        foreach (var key in keys)
        {
            var effect = double.Parse(Single(cell.Children[new YamlScalarNode(key)]), NumberStyles.Float, CultureInfo.InvariantCulture);
            Set(cell, key, (isRatio ? Math.Pow(effect, factor) : factor * effect).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static void Set(YamlMappingNode cell, string key, string value) =>
        cell.Children[new YamlScalarNode(key)] = new YamlScalarNode(value);

    /// <summary>The one value of a setting, which may stand in a list.</summary>
    private static string Single(YamlNode node) =>
        ((YamlScalarNode)(node is YamlSequenceNode list ? list.Children[0] : node)).Value!.Trim();

    private static bool IsEffectKey(string key) => key == EffectKey || key.StartsWith("effect-arm", StringComparison.Ordinal);

    /// <summary>Whether an estimand is 0 where treatment does nothing.</summary>
    private static bool IsEffect(string estimand) =>
        !estimand.StartsWith("unit-", StringComparison.Ordinal) && !estimand.StartsWith("win-probability", StringComparison.Ordinal)
            && estimand != "cluster-sd";

    private static int Pattern(ITrialDesign design)
    {
        var sequences = Enumerable.Range(0, 2 * LongestPattern).Select(design.Sequence).ToArray();
        return Enumerable.Range(1, LongestPattern)
            .FirstOrDefault(length => sequences.Skip(length).SequenceEqual(sequences[..^length]), 1);
    }
}
