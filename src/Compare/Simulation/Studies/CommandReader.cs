using System.Globalization;
using MarginalConditional.Compare.Simulation.Commands;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Statistics.Families;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads the methods and generators of a study that are commands. Equal commands share their children.</summary>
/// <param name="file">The study file; commands run in its folder.</param>
internal sealed class CommandReader(string file)
{
    /// <summary>The setting that names a generator, beside which the other settings are what the generator makes of them.</summary>
    public const string GeneratorKey = "generator";

    private static readonly string[] MethodKeys = ["name", "run", "estimand", "data", "time-limit"];

    private static readonly string[] GeneratorKeys =
        ["command", "formula", "cluster", "wave", "effect", "outcome", "link", "truth", "repeats", "time-limit"];

    private static readonly (string Outcome, Family Family)[] Outcomes =
        [("binary", Family.Binomial), ("count", Family.Poisson), ("continuous", Family.Gaussian)];

    /// <summary>Reads <c>command: {name: geepack, run: Rscript gee.R, estimand: marginal}</c>.</summary>
    /// <param name="options">The options.</param>
    /// <param name="estimands">The study's estimands.</param>
    public CommandEstimator Method(YamlNode options, IReadOnlyList<IEstimand> estimands)
    {
        var section = new YamlSection(options, file, "The method command", MethodKeys);
        var target = section.Scalar(section.Require("estimand"), "estimand");
        var names = estimands.Select(estimand => estimand.Name).ToArray();
        var data = section.Text("data", "csv");
        return new CommandEstimator
        {
            Name = section.Scalar(section.Require("name"), "name"),
            Target = estimands.FirstOrDefault(estimand => estimand.Name == target)
                ?? throw section.Error(
                    section.Require("estimand"),
                    $"The method estimates \"{target}\", which is not among the estimands.{Suggestion.Sentence(target, names)}",
                    $"The study has {string.Join(", ", names)}."),
            ByPath = data is "csv" or "path"
                ? data == "path"
                : throw section.Error(section.Require("data"), $"The setting data is \"{data}\"; it must be csv or path."),
            Command = Command(section, "run"),
        };
    }

    /// <summary>Reads a generator, and gives what makes of the settings of a scenario the source of its data.</summary>
    /// <param name="node">The generator's own settings.</param>
    public Func<IReadOnlyDictionary<string, string>, CommandSource> Generator(YamlNode node)
    {
        var section = new YamlSection(node, file, "The generator", GeneratorKeys);
        var command = Command(section, "command");
        var (family, link) = Model(section);
        var request = new FrameRequest
        {
            Formula = Formula(section),
            Cluster = section.Scalar(section.Require("cluster"), "cluster"),
            RequireClusters = true,
            Wave = section.Find("wave") is { } wave ? section.Scalar(wave, "wave") : null,
        };
        var effect = section.Scalar(section.Require("effect"), "effect");
        var repeats = section.Text("repeats", "refused");
        var allowed = repeats is "refused" or "allowed"
            ? repeats == "allowed"
            : throw section.Error(section.Require("repeats"), $"The setting repeats is \"{repeats}\"; it must be refused or allowed.");
        return settings => new CommandSource
        {
            Settings = [.. settings],
            Command = command,
            Request = request,
            Family = family,
            Link = link,
            Effect = effect,
            Truths = Truths(section, settings),
            AllowsRepeats = allowed,
        };
    }

    private static Formula Formula(YamlSection section)
    {
        var node = section.Require("formula");
        try
        {
            return FormulaParser.Parse(section.Scalar(node, "formula"));
        }
        catch (InputException exception)
        {
            throw section.Error(node, exception.Message, exception.Hint);
        }
    }

    private static (Family Family, Link Link) Model(YamlSection section)
    {
        var outcome = section.Text("outcome", "binary");
        var (name, family) = Array.Find(Outcomes, candidate => candidate.Outcome == outcome);
        if (name is null)
        {
            throw section.Error(
                section.Require("outcome"),
                $"The setting outcome is \"{outcome}\"; it must be {string.Join(", ", Outcomes.Select(candidate => candidate.Outcome))}.");
        }

        if (section.Find("link") is not { } node)
        {
            return (family, family.DefaultLink);
        }

        var link = section.Scalar(node, "link");
        var names = family.AllowedLinks.Select(candidate => candidate.Name).ToArray();
        return (family, family.AllowedLinks.FirstOrDefault(candidate => candidate.Name == link)
            ?? throw section.Error(
                node,
                $"The link of {outcome} outcomes is \"{link}\".{Suggestion.Sentence(link, names)}",
                $"It takes {string.Join(", ", names)}."));
    }

    /// <summary>The truths of a scenario: each a number, or the name of a setting that is one.</summary>
    private Dictionary<string, double> Truths(YamlSection section, IReadOnlyDictionary<string, string> settings)
    {
        var truths = new Dictionary<string, double>(StringComparer.Ordinal);
        if (section.Find("truth") is not { } node)
        {
            return truths;
        }

        if (node is not YamlMappingNode mapping)
        {
            throw section.Error(node, "The setting truth must give each estimand its value, such as {marginal: 0.5}.");
        }

        foreach (var (key, value) in mapping.Children)
        {
            var (name, text) = (section.Scalar(key, "truth"), section.Scalar(value, "truth"));
            truths[name] = double.TryParse(
                settings.GetValueOrDefault(text, text), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
                ? number
                : throw section.Error(value, $"The truth of {name} is \"{text}\"; it must be a number, or a setting that is a number.");
        }

        return truths;
    }

    private ChildCommand Command(YamlSection section, string key)
    {
        var node = section.Require(key);
        var command = new ChildCommand
        {
            Text = section.Scalar(node, key),
            Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".",
            TimeLimit = TimeSpan.FromSeconds(section.Integer("time-limit", 60, 1, 86_400)),
        };
        try
        {
            command.Words();
            return command;
        }
        catch (InputException exception)
        {
            throw section.Error(node, exception.Message);
        }
    }
}
