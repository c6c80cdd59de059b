using System.Globalization;
using MarginalConditional.Compare.Simulation.Stopping;
using YamlDotNet.RepresentationModel;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads how many replicates a study has: a number, a Monte Carlo error, or a rule by which each scenario ends.</summary>
internal static class ReplicatesReader
{
    private const string Error = "coverage-mcse";

    /// <summary>The number of replicates a scenario, or the most of them and the rule.</summary>
    public static (int Replicates, StoppingRule? Until) Read(YamlSection root, double level)
    {
        if (root.Require("replicates") is not YamlMappingNode node)
        {
            return (root.Integer("replicates", 0, 1, StudyReader.LargestRun), null);
        }

        var section = new YamlSection(node, root.File, "replicates", [Error, "until", "max"]);
        if (section.Find("until") is { } rule)
        {
            return section.Find(Error) is { } idle
                ? throw section.Error(
                    idle, $"The setting {Error} stands beside \"until\", which says when to end.", "Write it inside \"until\".")
                : (Most(section), Rule(rule, root.File));
        }

        if (section.Find("max") is { } most)
        {
            throw section.Error(most, "The setting max has a meaning beside \"until\" only.", "Write the number alone: replicates: 1000.");
        }

        var error = CoverageError(section, section.Require(Error));
        return ((int)Math.Ceiling((level * (1 - level) / (error * error)) - 1e-9), null);
    }

    private static int Most(YamlSection section)
    {
        section.Require("max");
        return section.Integer("max", 0, 1, StudyReader.LargestRun);
    }

    private static StoppingRule Rule(YamlNode node, string file)
    {
        var section = new YamlSection(node, file, "until", [Error, "power", "alpha", "every"]);
        var rule = new StoppingRule
        {
            CoverageError = section.Find(Error) is { } error ? CoverageError(section, error) : null,
            Power = section.Find("power") is { } power
                ? Number(section, power, "power", 0.001, 0.999, "it must lie between 0.001 and 0.999, such as 0.8")
                : null,
            Alpha = section.Find("alpha") is { } alpha
                ? Number(
                    section,
                    alpha,
                    "alpha",
                    StoppingRule.SmallestAlpha,
                    StoppingRule.LargestAlpha,
                    "it must lie between 0.000001 and 0.5, such as 0.05")
                : 0.05,
            Every = section.Integer("every", 100, 10, 1_000_000),
        };
        return rule.Criteria > 0
            ? rule
            : throw section.Error(node, $"The rule by which scenarios end asks for nothing: it lacks {Error} and power.");
    }

    private static double CoverageError(YamlSection section, YamlNode node) => Number(
        section, node, Error, 1e-4, 0.5 - 1e-12, "it must lie between 0.0001 and 0.5, such as 0.005 for half a percent");

    private static double Number(YamlSection section, YamlNode node, string key, double least, double most, string requirement)
    {
        var text = section.Scalar(node, key);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw section.Error(node, $"The setting {key} is \"{text}\"; {requirement}.");
    }
}
