using System.Globalization;
using MarginalConditional.Compare.Simulation.PlugIns;
using MarginalConditional.Data;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>One cell of the grid as settings are read from it, with the canonical text of what was read.</summary>
internal sealed class ScenarioCell(
    YamlSection section, IReadOnlyDictionary<string, YamlNode> cell, IReadOnlyCollection<string> withoutDefault, PlugInSet plugIns)
{
    /// <summary>What effects on the link scale may be at most.</summary>
    public const double LargestEffect = 1e12;

    private readonly Dictionary<string, string> canonical = new(StringComparer.Ordinal);
    private readonly HashSet<string> atDefault = new(StringComparer.Ordinal);

    /// <summary>The section of the file.</summary>
    public YamlSection Section => section;

    /// <summary>The types that settings may name.</summary>
    public PlugInSet PlugIns => plugIns;

    /// <summary>The part that a setting names by its type; null when no plug-in has such a type.</summary>
    public T? PlugIn<T>(string name)
        where T : class => section.Located(Node(name), () => plugIns.Create<T>(Text(name, string.Empty)));

    /// <summary>The settings read, in canonical text: numbers that were given, and all choices.</summary>
    public IReadOnlyDictionary<string, string> Canonical => canonical;

    /// <summary>The settings written out that say no more than their default.</summary>
    public IReadOnlySet<string> AtDefault => atDefault;

    /// <summary>Whether a setting is given.</summary>
    public bool Has(string name) => cell.ContainsKey(name);

    /// <summary>The node of a setting, or where to point when it is not there.</summary>
    public YamlNode Node(string name) => cell.TryGetValue(name, out var node) ? node : section.Require("clusters");

    /// <summary>The text of a setting, or its default; canonical text is not kept.</summary>
    public string Text(string name, string whenAbsent) => cell.TryGetValue(name, out var node) ? section.Scalar(node, name) : whenAbsent;

    /// <summary>The settings given, but for some, as one text: equal where they are equal.</summary>
    public string TextWithout(IReadOnlyCollection<string> names) => string.Join(
        '\n', cell.Keys.Except(names, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => $"{name}={Text(name, "")}"));

    /// <summary>Keeps the canonical text of a setting.</summary>
    public void Keep(string name, string text) => canonical[name] = text;

    /// <summary>Keeps the canonical text of a setting if it is given, and whether it says no more than its default.</summary>
    public void KeepGiven(string name, string text, bool isDefault)
    {
        if (Has(name))
        {
            canonical[name] = text;
            if (isDefault)
            {
                atDefault.Add(name);
            }
        }
    }

    /// <summary>An error at a setting.</summary>
    public InputException Error(string name, string message, string? hint = null) => section.Error(Node(name), message, hint);

    /// <summary>One of several by its name.</summary>
    public T Choose<T>(string name, string whenAbsent, T[] candidates, Func<T, string> nameOf)
    {
        var text = Text(name, whenAbsent);
        var index = Array.FindIndex(candidates, candidate => nameOf(candidate) == text);
        if (index < 0)
        {
            throw Unknown(name, text, [.. candidates.Select(nameOf)]);
        }

        canonical[name] = text;
        return candidates[index];
    }

    /// <summary>What is said about a text that names nothing.</summary>
    public InputException Unknown(string name, string text, IReadOnlyList<string> names) => Error(
        name, $"The setting {name} is \"{text}\".{Suggestion.Sentence(text, names)}", $"It takes {string.Join(", ", names)}.");

    /// <summary>A number within limits, or the default.</summary>
    public double Number(
        string name, double whenAbsent, double least = -LargestEffect, double most = LargestEffect, bool whole = false)
    {
        if (!cell.TryGetValue(name, out var node))
        {
            return whenAbsent;
        }

        var text = section.Scalar(node, name);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            throw section.Error(node, $"The setting {name} is \"{text}\"; it must be a number.");
        }

        if (value < least || value > most || (whole && value != Math.Floor(value)))
        {
            var limits = $"from {Shown(least)} to {Shown(most)}";
            throw section.Error(node, $"The setting {name} is {text}; it must be {(whole ? "a whole number, " : "")}{limits}.");
        }

        value += 0.0; // -0 is 0
        canonical[name] = Shown(value);
        if (value == whenAbsent && !withoutDefault.Contains(name))
        {
            atDefault.Add(name);
        }

        return value;
    }

    private static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
