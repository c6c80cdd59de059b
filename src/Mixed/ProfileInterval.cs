namespace MarginalConditional.Mixed;

/// <summary>
/// A profile-likelihood interval of one parameter of a mixed model: the values that a likelihood-ratio test does not reject.
/// </summary>
/// <remarks>
/// All values at which 2(ℓ̂ − ℓ), with ℓ maximized over everything else,
/// is below the level's quantile of χ²(1) (Venzon and Moolgavkar 1988).
/// </remarks>
/// <param name="Label">What it is of: <c>treatment</c>, <c>SD time | patient</c>, <c>residual SD</c>.</param>
/// <param name="Estimate">The maximum-likelihood estimate; not a number for a correlation with an effect that does not vary.</param>
/// <param name="Lower">The lower limit; not a number when a maximization on the way failed.</param>
/// <param name="Upper">The upper limit; not a number when a maximization on the way failed.</param>
/// <param name="Level">The level, in (0, 1).</param>
public sealed record ProfileInterval(string Label, double Estimate, double Lower, double Upper, double Level)
{
    /// <summary>
    /// Whether the lower limit is the edge of the parameter's range, not rejected
    /// either: 0 for a standard deviation, −1 for a correlation, −∞ for a coefficient.
    /// </summary>
    public bool LowerIsEdge { get; init; }

    /// <summary>Whether a limit is not a number because the evaluations of the likelihood that a search may take did not suffice.</summary>
    public bool RanOut { get; init; }

    /// <summary>
    /// Whether there are no limits because a search has met a log-likelihood above that of the fit, which is not at its highest maximum.
    /// </summary>
    public bool Overtaken { get; init; }

    /// <summary>
    /// Whether the upper limit is the edge of the parameter's range, not rejected either: 1 for a correlation, ∞ otherwise.
    /// </summary>
    public bool UpperIsEdge { get; init; }
}
