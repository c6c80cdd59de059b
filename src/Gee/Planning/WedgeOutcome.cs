using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Planning;

/// <summary>What is expected in each period of a planned trial, without treatment and with it.</summary>
public sealed class WedgeOutcome
{
    private readonly double start;
    private readonly double end;
    private readonly double? deviation;

    private WedgeOutcome(Link link, double start, double end, double effect, double? deviation)
    {
        Link = link;
        this.start = start;
        this.end = end;
        this.deviation = deviation;
        Effect = effect;
    }

    /// <summary>The scale of the effect.</summary>
    public Link Link { get; }

    /// <summary>The effect of the treatment, link scale.</summary>
    public double Effect { get; }

    /// <summary>What the effect is, in words.</summary>
    public required string Description { get; init; }

    /// <summary>Whether outcomes are 0 or 1.</summary>
    public bool IsBinary => deviation is null;

    /// <summary>A continuous outcome; its change over periods has no part in power.</summary>
    /// <param name="difference">Treatment less control, not 0.</param>
    /// <param name="standardDeviation">Of an outcome, within and between clusters together, above 0.</param>
    public static WedgeOutcome Continuous(double difference, double standardDeviation) =>
        difference != 0 && double.IsFinite(difference) && standardDeviation is > 0 and < double.PositiveInfinity
            ? new WedgeOutcome(Link.Identity, 0, 0, difference, standardDeviation)
            {
                Description = PlannedOutcome.Continuous(difference, standardDeviation).Description,
            }
            : throw new ArgumentException(
                $"The difference is {difference} and the standard deviation {standardDeviation}; the first must not be 0, the second "
                + "must be positive.",
                nameof(difference));

    /// <summary>A binary outcome whose risk moves in equal steps on the link scale.</summary>
    /// <param name="start">The risk without treatment in the first period, in (0, 1).</param>
    /// <param name="end">The risk without treatment in the last period, in (0, 1).</param>
    /// <param name="treated">The risk with treatment in the last period, in (0, 1), not that without.</param>
    /// <param name="link">Logit, probit, complementary log-log, log or identity.</param>
    public static WedgeOutcome Binary(double start, double end, double treated, Link link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (start is not (> 0 and < 1) || end is not (> 0 and < 1) || treated is not (> 0 and < 1) || treated == end)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The risks are {start} and {end} without treatment and {treated} with it; they lie between 0 ")
                    + "and 1, and the last two must differ.",
                nameof(start));
        }

        var effect = link.Predictor(treated) - link.Predictor(end);
        var first = link.Mean(link.Predictor(start) + effect);
        if (first is not (> 0 and < 1))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"With the same effect in all periods the risk with treatment would be {first:G3} in the ")
                    + "first one; it has to lie between 0 and 1.",
                nameof(treated));
        }

        var name = Name(link, effect);
        return new WedgeOutcome(link, link.Predictor(start), link.Predictor(end), effect, null)
        {
            Description = start == end
                ? FormattableString.Invariant($"{name} (probabilities {end:G4} and {treated:G4})")
                : FormattableString.Invariant($"{name} (probabilities {end:G4} and {treated:G4} in the last period, {start:G4} before)"),
        };
    }

    /// <summary>An effect in words.</summary>
    /// <param name="link">Its scale.</param>
    /// <param name="effect">Its value there.</param>
    public static string Name(Link link, double effect)
    {
        ArgumentNullException.ThrowIfNull(link);
        return link == Link.Logit ? FormattableString.Invariant($"odds ratio {Math.Exp(effect):G4}")
            : link == Link.Log ? FormattableString.Invariant($"risk ratio {Math.Exp(effect):G4}")
            : link == Link.Identity ? FormattableString.Invariant($"risk difference {effect:G4}")
            : FormattableString.Invariant($"difference {effect:G4} on the {link.Name} scale");
    }

    /// <summary>The mean in a period.</summary>
    /// <param name="period">From 0.</param>
    /// <param name="periods">The number of periods.</param>
    /// <param name="treated">Whether the cluster is treated then.</param>
    public double Mean(int period, int periods, bool treated) => Link.Mean(Predictor(period, periods, treated));

    /// <summary>The variance of an outcome, and the derivative of its mean by the linear predictor.</summary>
    internal (double Variance, double Slope) At(int period, int periods, bool treated)
    {
        if (deviation is { } sd)
        {
            return (sd * sd, 1);
        }

        var predictor = Predictor(period, periods, treated);
        var mean = Link.Mean(predictor);
        return (mean * (1 - mean), Link.Derivative(predictor));
    }

    private double Predictor(int period, int periods, bool treated) =>
        start + ((end - start) * period / (periods - 1)) + (treated ? Effect : 0);
}
