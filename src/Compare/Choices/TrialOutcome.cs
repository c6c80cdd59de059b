using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Choices;

/// <summary>The kind of a trial's outcome: a closed list.</summary>
public sealed class TrialOutcome
{
    private TrialOutcome(string name, string words, Family family, (string Name, EffectMeasure Measure)[] scales)
    {
        Name = name;
        Words = words;
        Family = family;
        Scales = scales;
    }

    /// <summary>An event that happens or not: binomial, logit.</summary>
    public static TrialOutcome Binary { get; } = new(
        "binary",
        "an event that happens or not",
        Family.Binomial,
        [
            ("odds-ratio", EffectMeasure.OddsRatio), ("risk-ratio", EffectMeasure.Ratio), ("risk-difference", EffectMeasure.Difference),
        ]);

    /// <summary>A number of events: Poisson, log.</summary>
    public static TrialOutcome Count { get; } = new(
        "count",
        "a number of events",
        Family.Poisson,
        [("mean-ratio", EffectMeasure.Ratio), ("mean-difference", EffectMeasure.Difference)]);

    /// <summary>A measurement: normal, identity.</summary>
    public static TrialOutcome Continuous { get; } = new(
        "continuous", "a measurement", Family.Gaussian, [("mean-difference", EffectMeasure.Difference)]);

    /// <summary>All of them, in the order they are offered.</summary>
    public static IReadOnlyList<TrialOutcome> All { get; } = [Binary, Count, Continuous];

    /// <summary>As a file of answers writes it.</summary>
    public string Name { get; }

    /// <summary>What it means, for who has to choose.</summary>
    public string Words { get; }

    /// <summary>The family of the models; the link is its default.</summary>
    public Family Family { get; }

    /// <summary>The scales of an effect by their names in a file of answers, the link's own first.</summary>
    public IReadOnlyList<(string Name, EffectMeasure Measure)> Scales { get; }

    /// <summary>The scale on which the models' coefficients are effects.</summary>
    public EffectMeasure Own => ScaleNames.Primary(Family, Family.DefaultLink);

    /// <summary>The name of a scale.</summary>
    /// <param name="measure">One of <see cref="Scales"/>.</param>
    public string NameOf(EffectMeasure measure) => Scales.First(scale => scale.Measure == measure).Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
