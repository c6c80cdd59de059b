namespace MarginalConditional.Statistics.Ordinal;

/// <summary>
/// log p of one row's category, p = F(u) − F(l) with u = θ_y − η and l = θ_{y−1} − η, and its derivatives up to the third order.
/// </summary>
/// <remarks>
/// "Upper" and "lower" are derivatives with respect to u and l; "shift" is that along both, which is −∂/∂η. Those with respect to an
/// infinite end are 0. With a = f(u)/p and b = f(l)/p: ∂u = a, ∂l = −b, the shift is a − b; p never appears but as a logarithm.
/// </remarks>
public readonly struct CategoryTerms
{
    private readonly double upperRatio;
    private readonly double lowerRatio;

    private CategoryTerms(CumulativeLink link, double lower, double upper, double logProbability)
    {
        (Link, LowerPoint, UpperPoint, LogProbability) = (link, lower, upper, logProbability);
        upperRatio = double.IsPositiveInfinity(upper) ? 0 : Math.Exp(link.LogDensity(upper) - logProbability);
        lowerRatio = double.IsNegativeInfinity(lower) ? 0 : Math.Exp(link.LogDensity(lower) - logProbability);
    }

    /// <summary>log p, the row's own, without any constant.</summary>
    public double LogProbability { get; }

    /// <summary>∂ log p / ∂u = f(u)/p.</summary>
    public double Upper => upperRatio;

    /// <summary>∂ log p / ∂l = −f(l)/p.</summary>
    public double Lower => -lowerRatio;

    /// <summary>The derivative along u and l together, −∂ log p / ∂η.</summary>
    public double Shift => upperRatio - lowerRatio;

    /// <summary>∂² log p / ∂u².</summary>
    public double UpperUpper => upperRatio * (UpperSlope - upperRatio);

    /// <summary>∂² log p / ∂l².</summary>
    public double LowerLower => -lowerRatio * (LowerSlope + lowerRatio);

    /// <summary>∂² log p / ∂u∂l.</summary>
    public double UpperLower => upperRatio * lowerRatio;

    /// <summary>The shift of <see cref="Upper"/>.</summary>
    public double ShiftUpper => upperRatio * (UpperSlope - Shift);

    /// <summary>The shift of <see cref="Lower"/>.</summary>
    public double ShiftLower => -lowerRatio * (LowerSlope - Shift);

    /// <summary>∂² log p / ∂η², negative for these links.</summary>
    public double ShiftShift => ShiftUpper + ShiftLower;

    /// <summary>The second shift of <see cref="Upper"/>.</summary>
    public double ShiftShiftUpper
    {
        get
        {
            var shift = Shift;
            return upperRatio == 0
                ? 0
                : (upperRatio * (Link.DensityCurvature(UpperPoint) - (shift * shift) - ShiftShift)) - (2 * shift * ShiftUpper);
        }
    }

    /// <summary>The second shift of <see cref="Lower"/>.</summary>
    public double ShiftShiftLower
    {
        get
        {
            var shift = Shift;
            return lowerRatio == 0
                ? 0
                : (-lowerRatio * (Link.DensityCurvature(LowerPoint) - (shift * shift) - ShiftShift)) - (2 * shift * ShiftLower);
        }
    }

    private CumulativeLink Link { get; }

    private double LowerPoint { get; }

    private double UpperPoint { get; }

    private double UpperSlope => upperRatio == 0 ? 0 : Link.DensitySlope(UpperPoint);

    private double LowerSlope => lowerRatio == 0 ? 0 : Link.DensitySlope(LowerPoint);

    /// <summary>The terms of a row.</summary>
    /// <param name="link">F.</param>
    /// <param name="lower">l, −∞ in the first category.</param>
    /// <param name="upper">u, ∞ in the last category; unless u &gt; l the probability is 0 and derivatives are not defined.</param>
    public static CategoryTerms Of(CumulativeLink link, double lower, double upper)
    {
        ArgumentNullException.ThrowIfNull(link);
        return new CategoryTerms(link, lower, upper, link.LogInterval(lower, upper));
    }
}
