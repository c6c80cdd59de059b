using MarginalConditional.Data.Coding;
using MarginalConditional.Glmm.Profiles;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Inference;

/// <summary>
/// A likelihood-ratio test that variances of random effects are zero, with the mixture of χ² distributions that holds at the boundary.
/// </summary>
/// <remarks>
/// Self and Liang (1987); Stram and Lee (1994): adding one effect to k others gives ½χ²_k + ½χ²_(k+1), and ½χ²₀ + ½χ²₁ for the first.
/// </remarks>
/// <param name="Statistic">2(ℓ₁ − ℓ₀), at least 0.</param>
/// <param name="LowerDegreesOfFreedom">Of the mixture's first half.</param>
/// <param name="UpperDegreesOfFreedom">Of the mixture's second half.</param>
/// <param name="PValue">The upper tail of the mixture.</param>
public sealed record VarianceTest(double Statistic, int LowerDegreesOfFreedom, int UpperDegreesOfFreedom, double PValue)
{
    /// <summary>What is tested to be zero, such as <c>time | patient</c>.</summary>
    public string Label { get; init; } = string.Empty;

    /// <summary>
    /// Tests each random effect against the model without it and its correlations; of a term with an intercept and slopes only the slopes.
    /// </summary>
    /// <param name="fit">A fit of the mixed model.</param>
    public static IReadOnlyList<VarianceTest> Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return Of(new ProfiledGlmm(fit));
    }

    /// <summary>The same of a mixed model of any kind.</summary>
    internal static IReadOnlyList<VarianceTest> Of(ProfiledFit fit)
    {
        var tests = new List<VarianceTest>();
        var correlated = fit.Levels.SelectMany(level => level.Terms).Select(term => term.Correlated).ToArray();
        using var work = LongWork.Begin("tests of variances", fit.RandomEffects.Count);
        for (var t = 0; t < fit.RandomEffects.Count; t++)
        {
            var term = fit.RandomEffects[t];
            for (var a = 0; a < term.Dimension; a++)
            {
                if (term.Dimension > 1 && term.Names[a] == DesignMatrix.InterceptName)
                {
                    continue;
                }

                var degrees = correlated[t] ? term.Dimension : 1;
                var fall = new Profile(HeldDeviation.Of(fit, t, a), fit.Tolerances, ProfileBudget.Unbounded()).FallAtLowest();
                tests.Add(Mixture(2 * fall, degrees - 1, degrees, fit.Tolerances.TestRounding) with
                {
                    Label = $"{term.Names[a]} | {term.Group}",
                });
            }

            work.Step();
        }

        return tests;
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
            throw new ArgumentException(
                "The larger model must have the same rows and coefficients and exactly one random effect more.",
                nameof(smaller));
        }

        var degrees = larger.ParameterCount - smaller.ParameterCount;
        return Mixture(2 * (larger.LogLikelihood - smaller.LogLikelihood), degrees - 1, degrees, larger.Options.Tolerances.TestRounding);
    }

    private static VarianceTest Mixture(double statistic, int lower, int upper, double rounding)
    {
        statistic = statistic < rounding ? 0 : statistic;
        var first = lower == 0 ? (statistic > 0 ? 0 : 1) : ChiSquaredDistribution.UpperTail(statistic, lower);
        return new VarianceTest(statistic, lower, upper, 0.5 * (first + ChiSquaredDistribution.UpperTail(statistic, upper)));
    }
}
