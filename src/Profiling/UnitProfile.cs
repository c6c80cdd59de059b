using MarginalConditional.Mixed;

namespace MarginalConditional.Profiling;

/// <summary>One unit: what it shows, what was to be expected of its patients, and what remains after shrinkage.</summary>
/// <remarks>Rates are means of the response on its own scale: proportions, events per exposure, or plain means.</remarks>
public sealed record UnitProfile
{
    /// <summary>The unit's name.</summary>
    public required string Label { get; init; }

    /// <summary>Rows (or trials, or exposure) times weights: what rates are divided by.</summary>
    public required double Size { get; init; }

    /// <summary>O, the sum of the response.</summary>
    public required double Observed { get; init; }

    /// <summary>
    /// E, the sum expected of the same rows when they are spread over all
    /// units: the model's mean over the distribution of the units' effects.
    /// </summary>
    public required double Expected { get; init; }

    /// <summary>P, the sum predicted with the unit's own shrunken effect.</summary>
    public required double Predicted { get; init; }

    /// <summary>O / Size.</summary>
    public double CrudeRate => Observed / Size;

    /// <summary>
    /// The interval of the crude rate from the unit's data alone: Wilson's (1927) for events out
    /// of trials, the score interval for Poisson counts, else normal; NaN where it takes two rows.
    /// </summary>
    public required Interval CrudeInterval { get; init; }

    /// <summary>P / Size: the rate of the unit's own patients after shrinkage.</summary>
    public double ShrunkenRate => Predicted / Size;

    /// <summary>The interval of the shrunken rate given the model's parameters.</summary>
    public required Interval ShrunkenInterval { get; init; }

    /// <summary>The unit's effect on the link scale: its conditional mode.</summary>
    public required double Effect { get; init; }

    /// <summary>The conditional standard error of the effect given the model's parameters.</summary>
    public required double EffectStandardError { get; init; }

    /// <summary>
    /// λ = 1 − (SE / σ)²: the weight of the unit's own data in its effect; 1 − λ is the weight of the average of all units.
    /// </summary>
    public required double ShrinkageWeight { get; init; }

    /// <summary>
    /// O / E, the crude standardized ratio (indirect standardization); null for an identity link, where ratios mean nothing.
    /// </summary>
    public required double? ObservedRatio { get; init; }

    /// <summary>P / E, the shrunken standardized ratio; null for an identity link.</summary>
    public required double? StandardizedRatio { get; init; }

    /// <summary>
    /// The crude rate the unit would have with the average patients: the
    /// reference rate times O / E, or plus (O − E) / Size for an identity link.
    /// </summary>
    public required double StandardizedCrudeRate { get; init; }

    /// <summary>
    /// The standard error that chance alone gives the standardized crude
    /// rate of a unit as expected: from the variance at the mean E / Size.
    /// </summary>
    public required double SamplingError { get; init; }

    /// <summary>
    /// The shrunken rate the unit would have with the average patients: the
    /// reference rate times P / E, or plus (P − E) / Size for an identity link.
    /// </summary>
    public required double StandardizedRate { get; init; }

    /// <summary>
    /// The interval of the standardized rate given the model's parameters;
    /// it holds the reference rate exactly when the unit is as expected.
    /// </summary>
    public required Interval StandardizedInterval { get; init; }

    /// <summary>The posterior mean of the unit's rank among all units, 1 the lowest.</summary>
    public required double ExpectedRank { get; init; }

    /// <summary>The posterior interval of the rank.</summary>
    public required Interval RankInterval { get; init; }

    /// <summary>The posterior probability that the unit's effect lies above the typical one's, on the link scale.</summary>
    public required double ProbabilityAbove { get; init; }

    /// <summary>The verdict of the shrunken interval: the one to use.</summary>
    public required UnitFlag Flag { get; init; }

    /// <summary>The verdict the crude interval would give.</summary>
    public required UnitFlag CrudeFlag { get; init; }
}
