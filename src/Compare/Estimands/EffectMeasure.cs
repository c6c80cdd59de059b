using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Estimands;

/// <summary>How two means are compared. Ratios are worked on as logarithms.</summary>
public abstract class EffectMeasure
{
    private EffectMeasure(string name, string abbreviation, bool logarithm, bool proportions)
    {
        Name = name;
        Abbreviation = abbreviation;
        IsLogarithm = logarithm;
        IsForProportions = proportions;
    }

    /// <summary>μ₁ − μ₀.</summary>
    public static EffectMeasure Difference { get; } = new DifferenceMeasure();

    /// <summary>μ₁ / μ₀.</summary>
    public static EffectMeasure Ratio { get; } = new RatioMeasure();

    /// <summary>odds(μ₁) / odds(μ₀); for proportions.</summary>
    public static EffectMeasure OddsRatio { get; } = new OddsRatioMeasure();

    /// <summary>The measures, in the order they are shown.</summary>
    public static IReadOnlyList<EffectMeasure> All => field ??= [Difference, Ratio, OddsRatio];

    /// <summary>The name for proportions, such as <c>risk difference</c>.</summary>
    public string Name { get; }

    /// <summary>Such as <c>RD</c>.</summary>
    public string Abbreviation { get; }

    /// <summary>Whether the value is the logarithm of what people read.</summary>
    public bool IsLogarithm { get; }

    /// <summary>What the value is: <c>risk difference</c>, <c>log risk ratio</c>.</summary>
    public string Scale => IsLogarithm ? "log " + Name : Name;

    /// <summary>
    /// The scale as study files and names of estimands have it: <c>difference</c>, <c>log-ratio</c>, <c>log-odds-ratio</c>.
    /// </summary>
    public string Word => ScaleOf(proportions: false).Replace(' ', '-');

    /// <summary>Whether it needs means between 0 and 1.</summary>
    public bool IsForProportions { get; }

    /// <summary>What the estimate is called for a family: <c>risk difference</c> and <c>log risk ratio</c> for proportions only.</summary>
    /// <param name="proportions">Whether the outcomes are proportions.</param>
    public string ScaleOf(bool proportions) =>
        proportions ? Scale : this == Difference ? "difference" : this == Ratio ? "log ratio" : Scale;

    /// <summary>The measure (a ratio's logarithm) of two means: h(μ₁) − h(μ₀).</summary>
    public double Value(double control, double treated) => Transform(treated) - Transform(control);

    /// <summary>Its slopes in the two means.</summary>
    public (double Control, double Treated) Slopes(double control, double treated) =>
        (-TransformSlope(control), TransformSlope(treated));

    /// <summary>h(μ), the transform of a mean whose differences are the measure.</summary>
    public abstract double Transform(double mean);

    /// <summary>h′(μ).</summary>
    public abstract double TransformSlope(double mean);

    /// <summary>The mean of h(μ) over normal effects; null where it does not exist.</summary>
    /// <param name="link">The link of μ.</param>
    internal abstract TransformedMean? MeanOver(Link link);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class DifferenceMeasure() : EffectMeasure("risk difference", "RD", logarithm: false, proportions: false)
    {
        public override double Transform(double mean) => mean;

        public override double TransformSlope(double mean) => 1;

        internal override TransformedMean? MeanOver(Link link) => null;
    }

    private sealed class RatioMeasure() : EffectMeasure("risk ratio", "RR", logarithm: true, proportions: false)
    {
        public override double Transform(double mean) => Math.Log(mean);

        public override double TransformSlope(double mean) => 1 / mean;

        internal override TransformedMean? MeanOver(Link link) => TransformedMean.Logarithm(link);
    }

    private sealed class OddsRatioMeasure() : EffectMeasure("odds ratio", "OR", logarithm: true, proportions: true)
    {
        public override double Transform(double mean) => Math.Log(mean / (1 - mean));

        public override double TransformSlope(double mean) => 1 / (mean * (1 - mean));

        internal override TransformedMean? MeanOver(Link link) => TransformedMean.Logit(link);
    }
}
