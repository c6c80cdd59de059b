using System.Globalization;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>A mapping of a study file whose keys and values are checked, with the line of everything that is wrong.</summary>
internal sealed class YamlSection
{
    private readonly YamlMappingNode mapping;

    /// <summary>Wraps a mapping and refuses unknown keys.</summary>
    /// <param name="node">The node, which must be a mapping.</param>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="name">What the section is called in messages.</param>
    /// <param name="keys">The keys it may have.</param>
    public YamlSection(YamlNode node, string file, string name, IReadOnlyList<string> keys)
    {
        File = file;
        Name = name;
        mapping = node as YamlMappingNode ?? throw Error(node, $"{name} must hold settings of the form \"key: value\".");
        foreach (var key in mapping.Children.Keys)
        {
            var text = (key as YamlScalarNode)?.Value ?? "";
            if (!keys.Contains(text))
            {
                throw Error(
                    key,
                    $"{name} has no setting \"{Suggestion.Short(text)}\".{Suggestion.Sentence(text, keys)}",
                    $"Settings: {string.Join(", ", keys)}.");
            }
        }
    }

    /// <summary>The file as the user named it.</summary>
    public string File { get; }

    /// <summary>What the section is called in messages.</summary>
    public string Name { get; }

    /// <summary>The mapping itself, whose line is that of what lacks.</summary>
    public YamlNode Node => mapping;

    /// <summary>The keys given, in the file's order.</summary>
    public IEnumerable<string> Keys => mapping.Children.Keys.Select(key => ((YamlScalarNode)key).Value ?? "");

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key) => mapping.Children.FirstOrDefault(pair => (pair.Key as YamlScalarNode)?.Value == key).Value;

    /// <summary>The value of a key that has to be there.</summary>
    public YamlNode Require(string key) => Find(key) ?? throw Error(mapping, $"{Name} lacks \"{key}\".");

    /// <summary>A text, or the default.</summary>
    public string Text(string key, string whenAbsent) => Find(key) is { } node ? Scalar(node, key) : whenAbsent;

    /// <summary>A whole number within limits, or the default.</summary>
    public int Integer(string key, int whenAbsent, int least, int most)
    {
        if (Find(key) is not { } node)
        {
            return whenAbsent;
        }

        var text = Scalar(node, key);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Error(
                node,
                FormattableString.Invariant($"The setting {key} is \"{text}\"; it must be a whole number from {least} to {most}."));
    }

    /// <summary>The items of a list, or the single value as a list of one.</summary>
    public IReadOnlyList<YamlNode> Items(string key)
    {
        var node = Require(key);
        var items = node is YamlSequenceNode sequence ? [.. sequence.Children] : new[] { node };
        return items.Length > 0 ? items : throw Error(node, $"The setting {key} is an empty list; it must have at least one item.");
    }

    /// <summary>The text of a scalar.</summary>
    public string Scalar(YamlNode node, string key) =>
        (node as YamlScalarNode)?.Value is not { } text ? throw Error(node, $"The setting {key} must be a single value.")
            : text.Trim().Any(character => IsControl(character, key)) ? throw Error(
                node, $"The setting {key} holds a control character or a line break, which has no place in it.")
            : text.Trim();

    /// <summary>What would reach terminals and result files; the aims alone are a text of several lines.</summary>
    private static bool IsControl(char character, string key) =>
        !(key == "aims" && (character is '\n' or '\r' or '\t' or '\u2028' or '\u2029'))
            && (char.IsControl(character) || character is '\u2028' or '\u2029');

    /// <summary>An error at a node's line.</summary>
    public InputException Error(YamlNode node, string message, string? hint = null) =>
        new(message) { File = File, Line = (int)node.Start.Line, Hint = hint };

    /// <summary>What a function makes; an error of it is placed at a node's line.</summary>
    public T Located<T>(YamlNode node, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (InputException exception) when (exception.Line is null)
        {
            throw new InputException(exception.Message, exception) { File = File, Line = (int)node.Start.Line, Hint = exception.Hint };
        }
    }
}
