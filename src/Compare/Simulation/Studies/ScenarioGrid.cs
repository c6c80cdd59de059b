using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.PlugIns;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>
/// Expands the data-generating mechanisms of a study: every setting may be a list, and the scenarios are the product of the lists.
/// </summary>
internal static class ScenarioGrid
{
    private const int LargestGrid = 100_000;

    private const string Name = "data-generating-mechanisms";

    /// <summary>The scenarios, the first list varying slowest.</summary>
    /// <param name="node">The mechanisms.</param>
    /// <param name="file">The study file, for messages.</param>
    /// <param name="commands">Reads the generator, if there is one.</param>
    /// <param name="plugIns">The types that the study brings.</param>
    /// <param name="likeness">Reads the settings of trials like a kept fit.</param>
    public static IReadOnlyList<Scenario> Read(
        YamlNode node, string file, CommandReader commands, PlugInSet plugIns, LikeSettings likeness)
    {
        if (Has(node, LikeSettings.LikeKey))
        {
            var own = new YamlSection(node, file, Name, LikeSettings.Keys);
            return Expand(node, own, own.Keys, (cell, number, varying) => likeness.Read(own, cell, number, varying));
        }

        if (FreeSectionOf(node, file) is { } free)
        {
            return ReadFree(node, free, commands);
        }

        var section = new YamlSection(node, file, Name, ScenarioSettings.Names);
        foreach (var name in ScenarioSettings.Required.Where(name => section.Find(name) is null))
        {
            throw section.Error(node, $"The data-generating mechanisms lack \"{name}\".");
        }

        var solved = new Dictionary<string, CalibratedTrial>(StringComparer.Ordinal);
        return Expand(node, section, section.Keys, (cell, number, varying) =>
        {
            var settings = new ScenarioSettings(section, cell, plugIns, solved);
            var mechanism = settings.Mechanism();
            return new Scenario(number, settings.Canonical, varying, mechanism, settings.AtDefault) { Solved = settings.Solved };
        });
    }

    /// <summary>Whether the mechanisms are those of a generator that is a command.</summary>
    public static bool HasGenerator(YamlNode node) => Has(node, CommandReader.GeneratorKey);

    private static bool Has(YamlNode node, string name) => node is YamlMappingNode mapping
        && mapping.Children.Keys.Any(key => (key as YamlScalarNode)?.Value == name);

    private static YamlSection? FreeSectionOf(YamlNode node, string file) => HasGenerator(node)
        ? new YamlSection(node, file, Name, [.. ((YamlMappingNode)node).Children.Keys.Select(key => (key as YamlScalarNode)?.Value ?? "")])
        : null;

    private static IReadOnlyList<Scenario> ReadFree(YamlNode node, YamlSection section, CommandReader commands)
    {
        var generator = section.Require(CommandReader.GeneratorKey);
        var source = commands.Generator(generator);
        return Expand(node, section, section.Keys.Where(key => key != CommandReader.GeneratorKey), (cell, number, varying) =>
        {
            var settings = FreeSettings.Read(section, cell);
            var data = source(settings);
            var hashed = settings.Prepend(new(CommandReader.GeneratorKey, data.Command.Text)).ToArray();
            return new Scenario(number, hashed, varying, data);
        });
    }

    private static IReadOnlyList<Scenario> Expand(
        YamlNode node,
        YamlSection section,
        IEnumerable<string> keys,
        Func<IReadOnlyDictionary<string, YamlNode>, int, IReadOnlyList<string>, Scenario> scenarioOf)
    {
        var factors = keys.Select(key => (Name: key, Values: section.Items(key))).ToArray();
        var varying = factors.Where(factor => factor.Values.Count > 1).Select(factor => factor.Name).ToArray();
        var size = factors.Aggregate(1L, (product, factor) => Math.Min(product * factor.Values.Count, LargestGrid + 1));
        if (size > LargestGrid)
        {
            throw section.Error(node, FormattableString.Invariant($"The grid has more than {LargestGrid} scenarios."));
        }

        var scenarios = new List<Scenario>((int)size);
        var known = new Dictionary<ulong, Scenario>((int)size);
        for (var index = 0; index < size; index++)
        {
            var cell = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
            var rest = index;
            foreach (var (name, values) in factors.AsEnumerable().Reverse())
            {
                cell[name] = values[rest % values.Count];
                rest /= values.Count;
            }

            var scenario = scenarioOf(cell, index + 1, varying);
            if (!known.TryAdd(scenario.Hash, scenario))
            {
                throw section.Error(
                    node,
                    FormattableString.Invariant($"Scenarios {known[scenario.Hash].Number} and {scenario.Number} are the same."),
                    "Remove the repeated value from its list.");
            }

            scenarios.Add(scenario);
        }

        return scenarios;
    }
}
