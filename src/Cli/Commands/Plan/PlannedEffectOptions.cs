using System.CommandLine;
using System.Globalization;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Data;
using MarginalConditional.Gee.Planning;

namespace MarginalConditional.Cli.Commands.Plan;

/// <summary>The options that say which effect a trial is planned for: risks, means, rates, slopes, or clusters of several kinds.</summary>
internal sealed class PlannedEffectOptions
{
    private readonly Option<double?> control = Number("--control", "Binary outcome: its probability in the control arm.");
    private readonly Option<double?> treatment = Number("--treatment", "Binary outcome: its probability in the treatment arm.");
    private readonly Option<double?> difference = Number("--difference", "Continuous outcome: the difference of means.");
    private readonly Option<double?> deviation = Number("--sd", "Continuous outcome: its standard deviation.");
    private readonly Option<double?> controlRate = Number("--control-rate", "Counts: the rate of events in the control arm.");
    private readonly Option<double?> treatmentRate = Number("--treatment-rate", "Counts: the rate of events in the treatment arm.");
    private readonly Option<double?> time = Number("--time", "Counts: the time at risk of a row; 1 unless given.");
    private readonly Option<double?> slopeDifference = Number(
        "--slope-difference", "Slopes over time of a continuous outcome: their difference, a unit of time; needs --sd, --rho and --times.");
    private readonly Option<double?> slopeDeviation = Number(
        "--slope-sd", "Slopes over time: the standard deviation of participants' true slopes; 0 unless given.");
    private readonly Option<string?> times = new("--times")
    {
        Description = "Slopes over time: when each participant is seen, such as 0,6,12.",
        HelpName = "LIST",
    };
    private readonly Option<string[]> kind = new("--kind")
    {
        Description = "Clusters of one size with their own risks, SIZE:CONTROL:TREATMENT, or with their share behind it; repeatable. Plans "
            + "for the average over participants and over clusters.",
        HelpName = "KIND",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>All of them, for a group of the command's help.</summary>
    public IReadOnlyList<Option> All =>
        [control, treatment, difference, deviation, controlRate, treatmentRate, time, slopeDifference, slopeDeviation, times, kind];

    /// <summary>Refuses the options of one outcome beside another.</summary>
    public void RefuseIdle(Command command)
    {
        command.HasEffect(
            time, result => result.GetValue(controlRate) is not null, "without --control-rate and --treatment-rate, whose unit it is");
        foreach (var option in new Option[] { slopeDeviation, times })
        {
            command.HasEffect(
                option, result => result.GetValue(slopeDifference) is not null, "without --slope-difference, which it is for");
        }
    }

    /// <summary>Whether the effect is a difference of slopes, of which each participant has one.</summary>
    public bool HasSlopes(ParseResult parse) => parse.GetValue(slopeDifference) is not null;

    /// <summary>The kinds of clusters; empty where all are alike.</summary>
    public IReadOnlyList<ClusterKind> Kinds(ParseResult parse) => [.. (parse.GetValue(kind) ?? []).Select(Kind)];

    /// <summary>The probabilities of the two arms of a trial of alike clusters; null for another outcome.</summary>
    public (double Control, double Treatment)? Risks(ParseResult parse) =>
        parse.GetValue(control) is { } first && parse.GetValue(treatment) is { } second ? (first, second) : null;

    /// <summary>The difference of means and the standard deviation of a continuous outcome; null for another.</summary>
    public (double Difference, double Deviation)? Means(ParseResult parse) =>
        parse.GetValue(difference) is { } delta && parse.GetValue(deviation) is { } sd ? (delta, sd) : null;

    /// <summary>The rates of the two arms and the time at risk of a row; null for another outcome.</summary>
    public (double Control, double Treatment, double Time)? Rates(ParseResult parse) =>
        parse.GetValue(controlRate) is { } first && parse.GetValue(treatmentRate) is { } second
            ? (first, second, parse.GetValue(time) ?? 1)
            : null;

    /// <summary>The options of outcomes that a stepped wedge is not planned for.</summary>
    public Option[] Others => [controlRate, treatmentRate, time, slopeDifference, slopeDeviation, times, kind];

    /// <summary>The outcome of a trial of alike clusters.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="correlation">The correlation within clusters, or of two times of a participant.</param>
    /// <exception cref="InputException">The effect is missing or given twice.</exception>
    public PlannedOutcome Outcome(ParseResult parse, double correlation)
    {
        var risks = (parse.GetValue(control), parse.GetValue(treatment));
        var rates = (parse.GetValue(controlRate), parse.GetValue(treatmentRate));
        var means = (parse.GetValue(difference), parse.GetValue(deviation));
        return (risks, rates, means, parse.GetValue(slopeDifference)) switch
        {
            (({ } p0, { } p1), (null, null), (null, null), null) => PlannedOutcome.Binary(p0, p1),
            ((null, null), ({ } r0, { } r1), (null, null), null) => PlannedOutcome.Rates(r0, r1, parse.GetValue(time) ?? 1),
            ((null, null), (null, null), ({ } delta, { } sd), null) => PlannedOutcome.Continuous(delta, sd),
            ((null, null), (null, null), (null, { } sd), { } slope) =>
                PlannedOutcome.Slopes(slope, sd, correlation, parse.GetValue(slopeDeviation) ?? 0, Times(parse)),
            _ => throw new InputException("The effect is missing or given twice.")
            {
                Hint = "Give --control and --treatment (probabilities), or --difference and --sd, or --control-rate and --treatment-rate, "
                    + "or --slope-difference, --sd and --times, or --kind.",
            },
        };
    }

    private double[] Times(ParseResult parse)
    {
        var list = parse.GetValue(times)
            ?? throw new InputException("--times, when each participant is seen, is missing; write them as --times 0,6,12.");
        return [.. list.Split(',', StringSplitOptions.TrimEntries).Select(field => Value(field)
            ?? throw new InputException($"--times cannot read \"{field}\": write numbers, such as 0,6,12."))];
    }

    private static ClusterKind Kind(string text)
    {
        var fields = text.Split(':', StringSplitOptions.TrimEntries).Select(Value).ToArray();
        return fields switch
        {
            [{ } size, { } risk, { } treated] => new ClusterKind(size, risk, treated),
            [{ } size, { } risk, { } treated, { } share] => new ClusterKind(size, risk, treated, share),
            _ => throw new InputException($"--kind cannot read \"{text}\".")
            {
                Hint = "Write SIZE:CONTROL:TREATMENT, such as 10:.3:.5, or with a share of the clusters behind it, 10:.3:.5:2.",
            },
        };
    }

    private static double? Value(string field) =>
        double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    private static Option<double?> Number(string name, string description) => new(name) { Description = description, HelpName = "NUMBER" };
}
