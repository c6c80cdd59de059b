namespace MarginalConditional.Lmm.Profiles;

/// <summary>A profile-likelihood interval.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Estimate">The maximum-likelihood estimate.</param>
/// <param name="Lower">The lower limit.</param>
/// <param name="Upper">The upper limit.</param>
public sealed record ProfileInterval(string Label, double Estimate, double Lower, double Upper);
