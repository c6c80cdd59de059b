using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>The options of one method of a study, with those that every method has.</summary>
internal sealed class MethodSection
{
    /// <summary>The options of every method.</summary>
    private static readonly string[] Common = ["name", "arm", "adjust", "estimand", "imputations"];

    private readonly YamlSection section;

    /// <summary>Wraps the options and refuses those that the method has not.</summary>
    /// <param name="root">The study.</param>
    /// <param name="options">A mapping.</param>
    /// <param name="kind">The method.</param>
    /// <param name="keys">Its own options.</param>
    public MethodSection(YamlSection root, YamlNode options, string kind, string[] keys)
    {
        section = new YamlSection(options, root.File, $"The method {kind}", ["name", .. keys, .. Common[1..]]);
        Name = section.Text("name", kind);
        Arm = section.Integer("arm", 2, 2, DesignSettings.MostArms);
        Adjust = Choice("adjust", false, [("none", false), ("covariates", true)]);
    }

    /// <summary>The method's name in tables.</summary>
    public string Name { get; }

    /// <summary>The arm that is compared with the first, counted from 1.</summary>
    public int Arm { get; }

    /// <summary>Whether the covariates are in the model.</summary>
    public bool Adjust { get; }

    /// <summary>How often what is missing is imputed; 0 for the data as they are.</summary>
    public int Imputations => Has("imputations") ? section.Integer("imputations", 0, 2, 10_000) : 0;

    /// <summary>The estimand that the file holds the method to in place of the method's own; null without one.</summary>
    public YamlNode? Estimand => section.Find("estimand");

    /// <summary>One of several values by its word.</summary>
    /// <param name="key">The option.</param>
    /// <param name="whenAbsent">The default.</param>
    /// <param name="known">The words with their values.</param>
    public T Choice<T>(string key, T whenAbsent, IReadOnlyList<(string Name, T Value)> known)
    {
        if (section.Find(key) is not { } node)
        {
            return whenAbsent;
        }

        var word = section.Scalar(node, key);
        foreach (var (name, value) in known)
        {
            if (name == word)
            {
                return value;
            }
        }

        string[] names = [.. known.Select(choice => choice.Name)];
        throw section.Error(
            node, $"{section.Name} has no {key} \"{word}\".{Suggestion.Sentence(word, names)}", $"It takes {string.Join(", ", names)}.");
    }

    /// <summary>A whole number within limits, or the default.</summary>
    public int Integer(string key, int whenAbsent, int least, int most) => section.Integer(key, whenAbsent, least, most);

    /// <summary>A number within limits, or the default.</summary>
    public double Number(string key, double whenAbsent, double least, double most)
    {
        if (section.Find(key) is not { } node)
        {
            return whenAbsent;
        }

        var text = section.Scalar(node, key);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw section.Error(
                node, FormattableString.Invariant($"{section.Name} has {key} \"{text}\"; it must be a number from {least} to {most}."));
    }

    /// <summary>A text, or the default.</summary>
    public string Text(string key, string whenAbsent) => section.Text(key, whenAbsent);

    /// <summary>The right side of a formula, such as <c>~ y + wave</c>; a mistake in it is placed at the option's line.</summary>
    /// <param name="key">The option, which is given.</param>
    /// <param name="response">The left side.</param>
    public Formula Formula(string key, string response)
    {
        var node = section.Require(key);
        var text = section.Scalar(node, key);
        return section.Located(node, () => FormulaParser.Parse($"{response} {(text.StartsWith('~') ? text : "~ " + text)}"));
    }

    /// <summary>Whether an option is given.</summary>
    public bool Has(string key) => section.Find(key) is not null;

    /// <summary>An error at the line of an option that is given.</summary>
    public InputException Error(string key, string message, string? hint = null) => section.Error(section.Require(key), message, hint);
}
