using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>What a study file says, setting by setting, as text for reports. Immutable.</summary>
/// <remarks>The file is taken to be one that <see cref="StudyReader"/> has accepted.</remarks>
public sealed class StudyOutline
{
    private readonly IReadOnlyDictionary<string, YamlNode> settings;

    private StudyOutline(string source, IReadOnlyDictionary<string, YamlNode> settings)
    {
        Source = source;
        this.settings = settings;
        Methods = [.. (settings.GetValueOrDefault("methods") is YamlSequenceNode list ? list.Children : []).Select(MethodOf)];
    }

    /// <summary>The file's text.</summary>
    public string Source { get; }

    /// <summary>The methods in the file's order: what each is, and its options but for its name.</summary>
    public IReadOnlyList<(string Kind, string Options)> Methods { get; }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">YAML.</param>
    public static StudyOutline Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        return new StudyOutline(text, root.Children.ToDictionary(pair => Shown(pair.Key), pair => pair.Value, StringComparer.Ordinal));
    }

    /// <summary>A setting as text, such as <c>coverage-mcse 0.005</c>; null where the file has none.</summary>
    /// <param name="name">The setting's name.</param>
    public string? Text(string name) => settings.TryGetValue(name, out var node) ? Shown(node) : null;

    /// <summary>Whether a setting is more than one value.</summary>
    /// <param name="name">The setting's name.</param>
    public bool IsStructured(string name) => settings.TryGetValue(name, out var node) && node is not YamlScalarNode;

    private static (string Kind, string Options) MethodOf(YamlNode node) => node is YamlMappingNode { Children.Count: > 0 } mapping
        ? mapping.Children.Count == 1 && mapping.Children.First() is var (kind, options)
            ? (Shown(kind), Shown(WithoutName(options)))
            : (string.Empty, Shown(mapping))
        : (Shown(node), string.Empty);

    /// <summary>The options but for the method's name, which stands beside them.</summary>
    private static YamlNode WithoutName(YamlNode options) => options is YamlMappingNode mapping
        ? new YamlMappingNode(mapping.Children.Where(pair => Shown(pair.Key) != "name"))
        : options;

    private static string Shown(YamlNode node) => node switch
    {
        YamlScalarNode scalar => (scalar.Value ?? string.Empty).ReplaceLineEndings(" ").Trim(),
        YamlSequenceNode list => string.Join(", ", list.Children.Select(Shown)),
        YamlMappingNode mapping => string.Join("; ", mapping.Children.Select(pair => pair.Value is YamlMappingNode
            ? $"{Shown(pair.Key)} ({Shown(pair.Value)})"
            : $"{Shown(pair.Key)} {Shown(pair.Value)}".TrimEnd())),
        _ => string.Empty,
    };
}
