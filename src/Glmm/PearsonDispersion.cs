using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Glmm;

/// <summary>How much outcomes vary beside what their distribution allows: Pearson's statistic and its freedom. Immutable.</summary>
/// <remarks>
/// Σ (y − μ̂)²/V(μ̂) at the conditional modes over the number of rows less that of parameters (Bolker and others 2009). Modes fit the data
/// better than effects do, so that the ratio errs towards 1; with small expected counts the tail probability is rough.
/// </remarks>
/// <param name="Statistic">Σ (y − μ̂)²/V(μ̂), weights counted.</param>
/// <param name="DegreesOfFreedom">Rows less parameters, positive.</param>
public sealed record PearsonDispersion(double Statistic, int DegreesOfFreedom)
{
    /// <summary>The ratio; 1 is what the distribution allows.</summary>
    public double Ratio => Statistic / DegreesOfFreedom;

    /// <summary>The upper tail of χ² at the statistic.</summary>
    public double PValue => ChiSquaredDistribution.UpperTail(Statistic, DegreesOfFreedom);
}
