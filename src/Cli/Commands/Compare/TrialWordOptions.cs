using System.CommandLine;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What a trial's clusters, population and event are called, and whether every rung's estimand is written out.</summary>
internal sealed class TrialWordOptions
{
    private readonly Option<string> unit = new("--unit")
    {
        Description = "What one cluster (by person: one person) is called in sentences, such as patient, or child/children.",
        HelpName = "WORD",
        DefaultValueFactory = _ => "cluster",
    };
    private readonly Option<string> outcomeEvent = Choice.Option(
        "--event-is",
        "What the outcome's event is to the patient, for numbers needed to treat.",
        "harm",
        "benefit");
    private readonly Option<bool> estimand = new("--estimand")
    {
        Description = "Write every rung's estimand in the terms of ICH E9(R1), ready for a protocol.",
    };
    private readonly Option<string?> population = new("--population")
    {
        Description = "The population meant, for the estimand.",
        HelpName = "TEXT",
    };
    private readonly Option<string?> intercurrent = new("--intercurrent")
    {
        Description = "How intercurrent events are handled, for the estimand.",
        HelpName = "TEXT",
    };

    /// <summary>The options in the order of the help.</summary>
    public Option[] All => [unit, outcomeEvent, estimand, population, intercurrent];

    /// <summary>Those that say what a binary outcome's estimand is, without the word for a cluster.</summary>
    public Option[] OfEstimand => [outcomeEvent, estimand, population, intercurrent];

    /// <summary>How a comparison is shown.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="answers">The arms' answers.</param>
    public CompareView View(ParseResult parse, ArmAnswers answers) =>
        new(parse.GetValue(outcomeEvent) == "harm", parse.GetValue(estimand), answers);

    /// <summary>Whether more of the outcome is better, where the user said so.</summary>
    public bool? HigherIsBetter(ParseResult parse) =>
        parse.GetResult(outcomeEvent) is { Implicit: false } ? parse.GetValue(outcomeEvent) == "benefit" : null;

    /// <summary>The trial in words.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="fallback">What a cluster is called where the user did not say.</param>
    public TrialDescription Trial(ParseResult parse, string fallback = "cluster")
    {
        var words = (parse.GetResult(unit) is { Implicit: false } ? parse.GetValue(unit) ?? fallback : fallback).Split('/', 2);
        return new TrialDescription
        {
            Unit = words[0],
            Units = words.Length == 2 ? words[1] : words[0] + "s",
            Population = parse.GetValue(population),
            IntercurrentEvents = parse.GetValue(intercurrent),
        };
    }
}
