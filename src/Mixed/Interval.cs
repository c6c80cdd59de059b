namespace MarginalConditional.Mixed;

/// <summary>A confidence, prediction or posterior interval.</summary>
/// <param name="Lower">The lower limit.</param>
/// <param name="Upper">The upper limit; may be infinite.</param>
public readonly record struct Interval(double Lower, double Upper)
{
    /// <summary>The symmetric interval <paramref name="center"/> ± <paramref name="halfWidth"/>.</summary>
    public static Interval Around(double center, double halfWidth) => new(center - halfWidth, center + halfWidth);
}
