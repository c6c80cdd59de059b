using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Data;

namespace MarginalConditional.Cli.Commands.Summarize;

/// <summary>The measures that a summary has, and those that its table shows.</summary>
internal static class SummarizeMeasures
{
    private const string Every = "all";

    /// <summary>Those that the table shows unless others are named.</summary>
    private static readonly string[] Usual = ["bias", "empirical-se", "model-se", "coverage", "rejection", "relative-precision"];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => SimulateCommandMeasure.All.Select(measure => measure.Name);

    /// <summary>Refuses a name that is no measure's.</summary>
    public static void Check(CommandResult result, Option<string?> option)
    {
        foreach (var name in Parts(result.GetValue(option) ?? string.Empty).Where(name => name != Every && !Names.Contains(name)))
        {
            result.AddError($"{option.Name} does not know \"{name}\".{Suggestion.Sentence(name, [.. Names])}\n"
                + $"It takes {string.Join(", ", Names)}, or {Every}.");
        }
    }

    /// <summary>The measures named, or those usually shown.</summary>
    public static IReadOnlyList<SimulateCommandMeasure> Named(string? list)
    {
        var names = list is null ? Usual : Parts(list);
        return names.Contains(Every)
            ? SimulateCommandMeasure.All
            : [.. SimulateCommandMeasure.All.Where(measure => names.Contains(measure.Name))];
    }

    private static string[] Parts(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
