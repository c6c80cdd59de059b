using System.CommandLine;
using System.CommandLine.Parsing;
using MarginalConditional.Cli.Options;
using MarginalConditional.Compare.Planning;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>The options of <c>plan</c> for trials in which clusters change their arm: stepped wedges and crossovers.</summary>
internal sealed class WedgeOptions
{
    private readonly Option<int?> steps = new Option<int?>("--steps")
    {
        Description = "A stepped wedge of this many sequences of clusters, which cross to treatment one after the other.",
        HelpName = "N",
    }
        .Require(count => count is null or >= 2 and <= 100, "has to lie between 2 and 100");

    private readonly Option<string?> sequences = new("--sequences")
    {
        Description = "The sequences one by one instead, 0 for control and 1 for treatment in each period: 0011,0111.",
        HelpName = "LIST",
    };

    private readonly Option<double?> between = Number(
        "--rho-between", "Correlation of two rows in different periods; that of --rho unless given.");

    private readonly Option<double?> person = Number(
        "--rho-person", "Correlation of a person's outcomes in two periods: a cohort, seen in all.");

    private readonly Option<double?> decay = Number(
        "--decay", "Instead: the factor by which the correlation falls from period to period, such as 0.9.");

    private readonly Option<bool> cohort = new("--cohort") { Description = "With --decay: periods have the same people." };

    private readonly Option<double?> end = Number(
        "--control-end", "Binary outcome: the probability without treatment in the last period, for which --treatment is then meant.");

    private readonly Option<string?> link = Choice.Optional(
        "--link", "Scale of a binary outcome's effect, logit unless given.", "logit", "probit", "cloglog", "log", "identity");

    private readonly Option<string?> periods = Choice.Optional(
        "--periods", "What the analysis assumes of change over periods; categorical unless given, which assumes nothing.", "categorical",
        "linear", "none");

    /// <summary>All of them, for a group of the command's help.</summary>
    public Option[] All => [steps, sequences, between, person, decay, cohort, end, link, periods];

    /// <summary>Whether such a trial is planned.</summary>
    public bool IsAsked(SymbolResult result) => result.IsGiven(steps) || result.IsGiven(sequences);

    /// <summary>Refuses these options without a wedge, others beside one, and two answers to one question.</summary>
    /// <param name="command">The command.</param>
    /// <param name="others">The options of trials with two arms.</param>
    public void RefuseIdle(Command command, IReadOnlyList<Option> others)
    {
        foreach (var option in All.Where(option => option != steps && option != sequences))
        {
            command.HasEffect(option, IsAsked, "without --steps or --sequences, a trial in which clusters change their arm");
        }

        foreach (var option in others)
        {
            command.HasEffect(option, result => !IsAsked(result), "beside --steps and --sequences, for which it is not made");
        }

        command.HasEffect(sequences, result => !result.IsGiven(steps), "beside --steps", "Give one of them.");
        foreach (var option in new Option[] { between, person })
        {
            command.HasEffect(option, result => !result.IsGiven(decay), "beside --decay, which says the correlation between periods");
        }

        command.HasEffect(
            cohort, result => result.IsGiven(decay), "without --decay", "A cohort with constant correlations has --rho-person.");
    }

    /// <summary>The plan.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="effect">The options of the effect.</param>
    /// <param name="rho">The correlation within a period.</param>
    /// <param name="mean">Mean number of rows a cluster and period; null where all sizes are listed.</param>
    /// <param name="sizes">Rows a cluster and period, each size as probable as the others; empty where none is given.</param>
    /// <param name="plan">The test, for an outcome.</param>
    /// <exception cref="InputException">Something is missing, or has no plan.</exception>
    public PlanCommandReport Report(
        ParseResult parse,
        PlannedEffectOptions effect,
        double rho,
        double? mean,
        IReadOnlyList<double> sizes,
        Func<PlannedOutcome, TrialPlan> plan)
    {
        if (sizes.Count == 0)
        {
            throw new InputException("--size, the number of rows of a cluster in a period, is missing.");
        }

        var rows = mean ?? sizes.Average();
        var design = parse.GetValue(sequences) is { } list
            ? WedgeDesign.Of(list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            : WedgeDesign.Stepped(parse.GetValue(steps) ?? 2);
        var (outcome, effects) = (Outcome(parse, effect), Effects(parse));
        var correlation = parse.GetValue(decay) is { } factor
            ? WedgeCorrelation.Decaying(rho, factor, parse.GetValue(cohort))
            : WedgeCorrelation.Nested(rho, parse.GetValue(between) ?? rho, parse.GetValue(person));
        var marginal = plan(WedgePlan.Of(design, outcome, correlation, sizes, effects)) with { Multiple = design.Sequences };
        return new PlanCommandReport
        {
            Perspective = outcome.IsBinary ? "Marginal" : string.Empty,
            Comparison = $"over {design.Sequences} sequences of ",
            Plan = marginal,
            Others = Conditional(parse, design, outcome, rho, sizes, effects) is { } conditional
                ? [("conditional (GLMM)", marginal with { Outcome = conditional.Outcome })]
                : [],
            MeanSize = rows * design.Periods,
            Facts = [("sequences", design.Sequences), ("periods", design.Periods)],
            Setting = $"{correlation.Description}; {Words(effects)} period effects; {design.Periods} periods of "
                + $"{Figures.Significant(rows)} rows"
                + (sizes.Distinct().Skip(1).Any() ? $" ({sizes.Min()} to {sizes.Max()})" : string.Empty),
        };
    }

    /// <summary>The mixed model's plan, where it is of one intercept a cluster.</summary>
    private WedgeConditionalPlan? Conditional(
        ParseResult parse, WedgeDesign design, WedgeOutcome outcome, double rho, IReadOnlyList<double> sizes, PeriodEffects effects)
    {
        var isOfOneIntercept = parse.GetValue(decay) is null && parse.GetValue(person) is null
            && (parse.GetValue(between) ?? rho) == rho && rho > 0;
        if (!isOfOneIntercept || !outcome.IsBinary || sizes.Any(rows => rows != Math.Floor(rows) || rows >= 1e4))
        {
            return null;
        }

        int[] whole = [.. sizes.Select(rows => (int)rows)];
        return WedgeConditionalPlan.IsFeasible(design, outcome.Link, whole)
            ? WedgeConditionalPlan.Of(design, outcome, rho, whole, effects)
            : null;
    }

    private WedgeOutcome Outcome(ParseResult parse, PlannedEffectOptions effect)
    {
        if (effect.Means(parse) is var (difference, deviation) && effect.Risks(parse) is null)
        {
            return parse.GetValue(end) is null && parse.GetValue(link) is null
                ? WedgeOutcome.Continuous(difference, deviation)
                : throw new InputException("--control-end and --link are for binary outcomes.") { Hint = "Leave them out." };
        }

        return effect.Risks(parse) is var (control, treatment) && effect.Means(parse) is null
            ? WedgeOutcome.Binary(control, parse.GetValue(end) ?? control, treatment, parse.GetValue(link) switch
            {
                "log" => Link.Log,
                "probit" => Link.Probit,
                "cloglog" => Link.Cloglog,
                "identity" => Link.Identity,
                _ => Link.Logit,
            })
            : throw new InputException("The effect is missing or given twice.")
            {
                Hint = "Give --control and --treatment (probabilities), or --difference and --sd.",
            };
    }

    private PeriodEffects Effects(ParseResult parse) => parse.GetValue(periods) switch
    {
        "linear" => PeriodEffects.Linear,
        "none" => PeriodEffects.None,
        _ => PeriodEffects.Categorical,
    };

    private static string Words(PeriodEffects effects) => effects switch
    {
        PeriodEffects.Categorical => "categorical",
        PeriodEffects.Linear => "linear",
        _ => "no",
    };

    private static Option<double?> Number(string name, string description) => new(name) { Description = description, HelpName = "NUMBER" };
}
