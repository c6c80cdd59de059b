using System.Globalization;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Data;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads study files: YAML with the five parts of ADEMP.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Compare.Simulation.Studies;
///
/// var study = StudyReader.Read("study.yaml");
/// Console.WriteLine($"{study.Name}: {study.Scenarios.Count} scenarios");
/// </code>
/// </example>
public static class StudyReader
{
    /// <summary>The most replicates a scenario may have.</summary>
    public const int LargestRun = 10_000_000;

    /// <summary>The key of the data-generating mechanisms.</summary>
    internal const string MechanismsKey = "data-generating-mechanisms";

    private const int LargestFile = 1_000_000;

    private const int DeepestNesting = 20;

    private static readonly string[] Keys =
        ["study", "seed", "replicates", "level", "aims", "plugins", MechanismsKey, "estimands", "methods", "performance"];

    /// <summary>The performance measures a study may show.</summary>
    public static IReadOnlyList<string> Measures { get; } =
    [
        "mean",
        "bias",
        "relative-bias",
        "empirical-se",
        "mse",
        "model-se",
        "relative-error",
        "coverage",
        "bias-eliminated-coverage",
        "rejection",
        "relative-precision",
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fits">Reads the kept fits that trials are to be like; null when the caller has none.</param>
    /// <exception cref="InputException">The file is missing or something in it is wrong; the line is given.</exception>
    public static Study Read(string path, ILikenessReader? fits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Parse(System.IO.File.ReadAllText(path), path, fits);
        }
        catch (Exception exception) when (MissingLibrary.NameOf(exception) is null
            && (exception is IOException or UnauthorizedAccessException))
        {
            throw new InputException("The study file cannot be read.", exception) { File = path, Hint = "Check the path." };
        }
    }

    /// <summary>Reads a study from its text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <param name="fits">Reads the kept fits that trials are to be like; null when the caller has none.</param>
    /// <exception cref="InputException">Something is wrong; the line is given.</exception>
    public static Study Parse(string text, string source, ILikenessReader? fits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(Root(text, source), source, fits);
    }

    /// <summary>Reads a study from the root of its file.</summary>
    internal static Study Parse(YamlNode file, string source, ILikenessReader? fits)
    {
        var root = new YamlSection(file, source, "The study", Keys);
        var plugIns = ReadPlugIns(root);
        var commands = new CommandReader(source);
        var mechanisms = root.Require(MechanismsKey);
        var isOpen = ScenarioGrid.HasGenerator(mechanisms);
        var estimands = root.Items("estimands").Select(node => EstimandReader.Read(root, node, plugIns, isOpen)).ToArray();
        var level = ReadLevel(root);
        var (replicates, until) = ReplicatesReader.Read(root, level);
        var scenarios = ScenarioGrid.Read(mechanisms, source, commands, plugIns, new LikeSettings(source, fits));
        return new Study
        {
            Name = root.Scalar(root.Require("study"), "study"),
            Aims = root.Text("aims", "").ReplaceLineEndings(" ").Trim(),
            Seed = ReadSeed(root),
            Replicates = replicates,
            Until = until,
            Level = level,
            Scenarios = scenarios,
            Methods = StudyMethods.Read(root, estimands, commands, plugIns, scenarios),
            Measures = root.Find("performance") is null ? Study.UsualMeasures : ReadMeasures(root),
        };
    }

    /// <summary>The root of a file of YAML that holds one document without references.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="source">Where it is from, for messages.</param>
    /// <param name="what">What the file is called in messages, as the beginning of a sentence.</param>
    internal static YamlNode Root(string text, string source, string what = "The study")
    {
        var stream = new YamlStream();
        if (text.Length > LargestFile)
        {
            throw new InputException(FormattableString.Invariant(
                $"{what} has {text.Length} characters; {LargestFile} are the most."))
            { File = source };
        }

        try
        {
            RequireFlat(text, source, what);
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new InputException($"{what} is not valid YAML: {exception.Message.TrimEnd('.')}.", exception)
            {
                File = source,
                Line = (int)exception.Start.Line,
            };
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the parser throws at a list that is never closed.
            throw new InputException($"{what} is not valid YAML.", exception)
            {
                File = source,
                Hint = "Check brackets, quotes and indentation.",
            };
        }

        return stream.Documents.Count == 1
            ? stream.Documents[0].RootNode
            : throw new InputException($"{what} is empty, or holds more than one document.") { File = source };
    }

    /// <summary>
    /// Refuses nesting beyond any study's and values by reference: a file of a few lines can stand for more than memory holds.
    /// </summary>
    private static void RequireFlat(string text, string source, string what)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting || parser.Current is AnchorAlias)
            {
                throw new InputException(parser.Current is AnchorAlias
                    ? $"{what} refers to another place in the file by *, which it cannot."
                    : $"{what} is nested more than {DeepestNesting} deep.")
                {
                    File = source,
                    Line = (int)parser.Current.Start.Line,
                    Hint = "Write every value out where it belongs.",
                };
            }
        }
    }

    private static ulong ReadSeed(YamlSection root)
    {
        if (root.Find("seed") is not { } node)
        {
            throw root.Error(
                root.Require("study"),
                "The study lacks \"seed\".",
                "Any whole number will do; it makes the study reproducible.");
        }

        return ulong.TryParse(root.Scalar(node, "seed"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : throw root.Error(node, $"The setting seed is \"{root.Scalar(node, "seed")}\"; it must be a whole number, 0 or more.");
    }

    private static double ReadLevel(YamlSection root)
    {
        if (root.Find("level") is not { } node)
        {
            return 0.95;
        }

        var text = root.Scalar(node, "level");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) && level is > 0 and < 1
            ? level
            : throw root.Error(node, $"The setting level is \"{text}\"; it must lie between 0 and 1.");
    }

    /// <summary>The assemblies that the study names, by paths from its own folder.</summary>
    private static PlugInSet ReadPlugIns(YamlSection root)
    {
        if (root.Find("plugins") is null)
        {
            return PlugInSet.None;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(root.File)) ?? ".";
        var nodes = root.Items("plugins");
        return root.Located(nodes[0], () => PlugInSet.Load(nodes.Select(node => Path.Combine(folder, root.Scalar(node, "plugins")))));
    }

    private static IReadOnlyList<string> ReadMeasures(YamlSection root)
    {
        var measures = new List<string>();
        foreach (var node in root.Items("performance"))
        {
            var name = root.Scalar(node, "performance");
            measures.Add(Measures.Contains(name)
                ? name
                : throw root.Error(
                    node,
                    $"There is no performance measure \"{name}\".{Suggestion.Sentence(name, Measures)}",
                    $"Measures: {string.Join(", ", Measures)}."));
        }

        return measures;
    }
}
