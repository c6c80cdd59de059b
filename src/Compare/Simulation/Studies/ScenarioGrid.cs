using MarginalConditional.Compare.Simulation.PlugIns;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>
/// Expands the data-generating mechanisms of a study: every setting may be a list, and the scenarios are the product of the lists.
/// </summary>
internal static class ScenarioGrid
{
    private const int LargestGrid = 100_000;

    /// <summary>The scenarios, the first list varying slowest.</summary>
    public static IReadOnlyList<Scenario> Read(YamlNode node, string file, PlugInSet plugIns)
    {
        var section = new YamlSection(node, file, "data-generating-mechanisms", ScenarioSettings.Names);
        foreach (var name in ScenarioSettings.Required.Where(name => section.Find(name) is null))
        {
            throw section.Error(node, $"The data-generating mechanisms lack \"{name}\".");
        }

        var factors = section.Keys.Select(key => (Name: key, Values: section.Items(key))).ToArray();
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
            foreach (var (name, values) in factors.Reverse())
            {
                cell[name] = values[rest % values.Count];
                rest /= values.Count;
            }

            var settings = new ScenarioSettings(section, cell, plugIns);
            var mechanism = settings.Mechanism();
            var scenario = new Scenario(index + 1, settings.Canonical, varying, mechanism, settings.AtDefault);
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
