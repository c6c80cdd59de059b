using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Optimization;
using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Glmm.Inference;

/// <summary>A likelihood-ratio test that variances of random effects are zero, with the mixture of χ² distributions that holds at the boundary.</summary>
/// <remarks>Self and Liang (1987); Stram and Lee (1994): adding one effect to k others gives ½χ²_k + ½χ²_(k+1), and ½χ²₀ + ½χ²₁ for the first.</remarks>
/// <param name="Statistic">2(ℓ₁ − ℓ₀), at least 0.</param>
/// <param name="LowerDegreesOfFreedom">Of the mixture's first half.</param>
/// <param name="UpperDegreesOfFreedom">Of the mixture's second half.</param>
/// <param name="PValue">The upper tail of the mixture.</param>
public sealed record VarianceTest(double Statistic, int LowerDegreesOfFreedom, int UpperDegreesOfFreedom, double PValue)
{
    /// <summary>Tests the only random effect of a model against none; null when the model has several.</summary>
    public static VarianceTest? Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.RandomEffects.Count != 1 || fit.RandomEffects[0].Dimension != 1)
        {
            return null;
        }

        var restricted = new RestrictedLikelihood(fit.Maximum.Likelihood, fit.Coefficients.Length, new double[fit.ParameterCount]);
        var maximizer = new NewtonMaximizer(restricted);
        maximizer.Climb(restricted.Reduce(fit.Maximum.Maximizer.Parameters), 60, 1e-6);
        return Mixture(2 * (fit.Maximum.Maximizer.Value - maximizer.Value), 0, 1);
    }

    /// <summary>Tests a fit against a smaller one that lacks exactly one of its random effects (with its correlations).</summary>
    /// <exception cref="ArgumentException">The fits do not differ by one random effect on the same rows.</exception>
    public static VarianceTest Between(GlmmFit larger, GlmmFit smaller)
    {
        ArgumentNullException.ThrowIfNull(larger);
        ArgumentNullException.ThrowIfNull(smaller);
        var effects = larger.RandomEffects.Sum(term => term.Dimension) - smaller.RandomEffects.Sum(term => term.Dimension);
        if (effects != 1 || larger.Coefficients.Length != smaller.Coefficients.Length || larger.Frame.Rows != smaller.Frame.Rows)
        {
            throw new ArgumentException("The larger model must have the same rows and coefficients and exactly one random effect more.", nameof(smaller));
        }

        var degrees = larger.ParameterCount - smaller.ParameterCount;
        return Mixture(2 * (larger.LogLikelihood - smaller.LogLikelihood), degrees - 1, degrees);
    }

    private static VarianceTest Mixture(double statistic, int lower, int upper)
    {
        statistic = Math.Max(0, statistic);
        var first = lower == 0 ? (statistic > 0 ? 0 : 1) : ChiSquaredDistribution.UpperTail(statistic, lower);
        return new VarianceTest(statistic, lower, upper, 0.5 * (first + ChiSquaredDistribution.UpperTail(statistic, upper)));
    }
}
