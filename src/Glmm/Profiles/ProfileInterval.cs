namespace MarginalConditional.Glmm.Profiles;

/// <summary>A profile-likelihood interval: the values that a likelihood-ratio test does not reject.</summary>
/// <remarks>All values at which 2(ℓ̂ − ℓ), with ℓ maximized over everything else, is below the level's quantile of χ²(1) (Venzon and Moolgavkar 1988).</remarks>
/// <param name="Lower">The lower limit; not a number when a maximization on the way failed.</param>
/// <param name="Upper">The upper limit; not a number when a maximization on the way failed.</param>
public sealed record ProfileInterval(double Lower, double Upper)
{
    /// <summary>Whether the lower limit is the edge of the parameter's range, not rejected either: 0 for a standard deviation, −1 for a correlation, −∞ for a coefficient.</summary>
    public bool LowerIsEdge { get; init; }

    /// <summary>Whether the upper limit is the edge of the parameter's range, not rejected either: 1 for a correlation, ∞ otherwise.</summary>
    public bool UpperIsEdge { get; init; }

    /// <summary>The interval of one coefficient, on the link scale.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="coefficient">Its index among the p coefficients.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfCoefficient(GlmmFit fit, int coefficient, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(coefficient);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(coefficient, fit.Coefficients.Length);
        return OfContrast(fit, AffineRestriction.Unit(fit.Coefficients.Length, coefficient), level);
    }

    /// <summary>The interval of a linear combination of the coefficients, on the link scale.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="weights">p weights, not all zero.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfContrast(GlmmFit fit, ReadOnlySpan<double> weights, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (weights.Length != fit.Coefficients.Length || weights.IndexOfAnyExcept(0.0) < 0)
        {
            throw new ArgumentException($"A combination of {fit.Coefficients.Length} coefficients has as many weights, not all zero.", nameof(weights));
        }

        return Unbounded(new Profile(HeldContrast.Of(fit, weights)).Interval(level));
    }

    /// <summary>The interval of the standard deviation of one random effect, on the link scale.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="term">The term's index among the fit's random effects.</param>
    /// <param name="effect">The effect's index among those of the term.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfStandardDeviation(GlmmFit fit, int term = 0, int effect = 0, double level = 0.95)
    {
        Require(fit, term, effect);
        var interval = new Profile(HeldDeviation.Of(fit, term, effect)).Interval(level);
        return interval.UpperIsEdge ? interval with { Upper = double.PositiveInfinity } : interval;
    }

    /// <summary>The interval of the correlation of two random effects of one term; all of (−1, 1) where one of them does not vary.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="term">The term's index among the fit's random effects; its effects are correlated.</param>
    /// <param name="first">An effect's index among those of the term.</param>
    /// <param name="second">Another one's.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfCorrelation(GlmmFit fit, int term, int first, int second, double level = 0.95)
    {
        Require(fit, term, first);
        Require(fit, term, second);
        ArgumentOutOfRangeException.ThrowIfEqual(first, second);
        return double.IsNaN(fit.RandomEffects[term].Correlation(first, second))
            ? new ProfileInterval(-1, 1) { LowerIsEdge = true, UpperIsEdge = true }
            : new Profile(HeldCorrelation.Of(fit, term, first, second)).Interval(level);
    }

    /// <summary>The interval of the dispersion φ; null for a family or fit whose dispersion is not estimated.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval? OfDispersion(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (!fit.Model.Density.HasFreeDispersion)
        {
            return null;
        }

        var logarithm = Unbounded(new Profile(HeldDispersion.Of(fit)).Interval(level));
        return logarithm with { Lower = Math.Exp(logarithm.Lower), Upper = Math.Exp(logarithm.Upper) };
    }

    private static ProfileInterval Unbounded(ProfileInterval interval) => interval with
    {
        Lower = interval.LowerIsEdge ? double.NegativeInfinity : interval.Lower,
        Upper = interval.UpperIsEdge ? double.PositiveInfinity : interval.Upper,
    };

    private static void Require(GlmmFit fit, int term, int effect)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(term);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(term, fit.RandomEffects.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(effect);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(effect, fit.RandomEffects[term].Dimension);
    }
}
