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

    /// <summary>Whether it needs means between 0 and 1.</summary>
    public bool IsForProportions { get; }

    /// <summary>The measure (a ratio's logarithm) of two means.</summary>
    public abstract double Value(double control, double treated);

    /// <summary>Its slopes in the two means.</summary>
    public abstract (double Control, double Treated) Slopes(double control, double treated);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class DifferenceMeasure() : EffectMeasure("risk difference", "RD", logarithm: false, proportions: false)
    {
        public override double Value(double control, double treated) => treated - control;

        public override (double Control, double Treated) Slopes(double control, double treated) => (-1, 1);
    }

    private sealed class RatioMeasure() : EffectMeasure("risk ratio", "RR", logarithm: true, proportions: false)
    {
        public override double Value(double control, double treated) => Math.Log(treated / control);

        public override (double Control, double Treated) Slopes(double control, double treated) => (-1 / control, 1 / treated);
    }

    private sealed class OddsRatioMeasure() : EffectMeasure("odds ratio", "OR", logarithm: true, proportions: true)
    {
        public override double Value(double control, double treated) =>
            Math.Log(treated / (1 - treated)) - Math.Log(control / (1 - control));

        public override (double Control, double Treated) Slopes(double control, double treated) =>
            (-1 / (control * (1 - control)), 1 / (treated * (1 - treated)));
    }
}
