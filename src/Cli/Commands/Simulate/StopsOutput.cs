using System.Text.Json;
using MarginalConditional.Cli.Output;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Stopping;
using MarginalConditional.Compare.Simulation.Studies;
using Spectre.Console;

namespace MarginalConditional.Cli.Commands.Simulate;

/// <summary>Where scenarios ended by a study's rule, and why: in tables, summaries and manifests.</summary>
internal static class StopsOutput
{
    /// <summary>The columns that a study with a rule adds to summary.csv.</summary>
    public static IEnumerable<string> Headings(Study study) => study.Until is null ? [] : ["ended_after", "ended_by"];

    /// <summary>Their values.</summary>
    public static IEnumerable<object> Fields(ScenarioResult scenario) =>
        scenario.Stop is { } stop ? [stop.Replicates, Word(stop.Reason)] : [];

    /// <summary>The rule as an object <c>until</c>; nothing without one.</summary>
    public static void Rule(JsonResult json, StoppingRule? rule)
    {
        if (rule is null)
        {
            return;
        }

        json.Object("until", () =>
        {
            json.Number("coverageMcse", rule.CoverageError);
            json.Number("power", rule.Power);
            json.Number("alpha", rule.Alpha);
            json.Integer("every", rule.Every);
        });
    }

    /// <summary>Reads what <see cref="Rule"/> wrote.</summary>
    /// <exception cref="FormatException">It is no rule that could have been written.</exception>
    public static StoppingRule ReadRule(JsonElement rule)
    {
        var read = new StoppingRule
        {
            CoverageError = Number("coverageMcse"),
            Power = Number("power"),
            Alpha = rule.GetProperty("alpha").GetDouble(),
            Every = rule.GetProperty("every").GetInt32(),
        };
        return read is { CoverageError: null or (> 0 and < 0.5), Power: null or (> 0 and < 1) }
            and { Alpha: >= StoppingRule.SmallestAlpha and <= StoppingRule.LargestAlpha, Every: >= 1, Criteria: > 0 }
            ? read
            : throw new FormatException("A rule that no study file can give.");

        double? Number(string name) =>
            rule.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetDouble() : null;
    }

    /// <summary>The members of a manifest's entry of a scenario.</summary>
    public static void Ending(JsonResult json, ScenarioResult scenario)
    {
        json.Integer("scenario", scenario.Scenario.Number);
        json.Integer("replicates", scenario.Stop!.Replicates);
        json.Text("reason", Word(scenario.Stop.Reason));
    }

    /// <summary>A scenario's end with all that was asked for, as an object <c>stopped</c>; nothing without a rule.</summary>
    public static void Stop(JsonResult json, Study study, ScenarioResult scenario)
    {
        if (scenario.Stop is not { } stop)
        {
            return;
        }

        json.Object("stopped", () =>
        {
            json.Integer("replicates", stop.Replicates);
            json.Text("reason", Word(stop.Reason));
            json.Objects("criteria", stop.Criteria, criterion =>
            {
                json.Text("method", study.Methods[criterion.Method].Name);
                json.Text("criterion", criterion.Name);
                json.Integer("count", criterion.Count);
                json.Integer("total", criterion.Total);
                json.Number("lower", criterion.Lower);
                json.Number("upper", criterion.Upper);
                json.Boolean("met", criterion.IsMet);
            });
        });
    }

    /// <summary>The rule in words, and a row a scenario; nothing without a rule.</summary>
    public static void Table(StudyResult result, IAnsiConsole console)
    {
        if (result.Study.Until is not { } rule)
        {
            return;
        }

        console.WriteLine();
        foreach (var (part, k) in Parts(rule).Select((part, k) => (part, k)))
        {
            console.WriteLine($"{(k == 0 ? "A scenario ends when" : "and when")} {part}{(k == rule.Criteria - 1 ? "," : string.Empty)}");
        }

        console.WriteLine(
            $"by intervals that hold at every look, all of them with probability {Plain(1 - rule.Alpha)}.");
        var table = new TextTable("scenario", ">replicates", "why it ended");
        foreach (var scenario in result.Scenarios)
        {
            var label = SimulateCommandTable.Label(scenario.Scenario);
            table.Row(
                label.Length == 0 ? FormattableString.Invariant($"{scenario.Scenario.Number}") : label,
                Figures.Count(scenario.Stop!.Replicates),
                Why(result.Study, scenario.Stop));
        }

        table.WriteTo(console);
    }

    private static IEnumerable<string> Parts(StoppingRule rule)
    {
        if (rule.CoverageError is not null)
        {
            yield return $"each coverage is known to \u00B1{Figures.Fixed(50 * rule.CoverageWidth, 2)} points";
        }

        if (rule.Power is { } power)
        {
            yield return $"each power is known to lie above or below {Plain(100 * power)} %";
        }
    }

    private static string Why(Study study, ScenarioStop stop)
    {
        var left = stop.Criteria.Where(criterion => !criterion.IsMet).ToArray();
        return stop.Reason switch
        {
            StopReason.Decided => "decided",
            StopReason.Interrupted => "interrupted",
            _ => $"the most: {Open(study, left[0])}" + (left.Length > 1 ? $", {left.Length - 1} more open" : string.Empty),
        };
    }

    private static string Plain(double value) => FormattableString.Invariant($"{value:0.####}");

    private static string Open(Study study, StoppingCriterion criterion) =>
        $"{(criterion.Name == "power" ? "power" : "coverage")} of {study.Methods[criterion.Method].Name} "
            + $"{Figures.Fixed(100 * criterion.Lower, 1)}\u2013{Figures.Fixed(100 * criterion.Upper, 1)} %";

    private static string Word(StopReason reason) => reason switch
    {
        StopReason.Decided => "decided",
        StopReason.Maximum => "max",
        _ => "interrupted",
    };
}
