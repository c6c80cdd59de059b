using MarginalConditional.Glmm.Inference;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// Profile-likelihood intervals of the parameters of a fitted cumulative mixed model: all values at which 2(ℓ̂ − ℓ), with ℓ maximized over
/// everything else, is below the level's quantile of χ²(1) (Venzon and Moolgavkar 1988). Each opens a likelihood of its own.
/// </summary>
public static class OrdinalProfiles
{
    /// <summary>The intervals of thresholds and coefficients, in the order of the layout, on the link scale.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfFixedParameters(OrdinalGlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var (profiled, budget, p) = (new ProfiledOrdinal(fit), fit.Options.Tolerances.ProfileBudget(), fit.Layout.Count);
        using var work = LongWork.Begin("profile intervals of coefficients", p);
        ProfileInterval[] intervals =
        [
            .. work.Each(fit.Layout.Names).Select((name, j) =>
            {
                var unit = new double[p];
                unit[j] = 1;
                return profiled.OfContrast(name, unit, level, budget);
            }),
        ];
        return [.. intervals.Select(budget.Settle)];
    }

    /// <summary>The interval of a linear combination of thresholds and coefficients, on the link scale.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    /// <param name="weights">As many weights as fixed parameters, not all zero.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfContrast(OrdinalGlmmFit fit, ReadOnlySpan<double> weights, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (weights.Length != fit.Layout.Count || weights.IndexOfAnyExcept(0.0) < 0)
        {
            throw new ArgumentException(
                $"A combination of {fit.Layout.Count} fixed parameters has as many weights, not all zero.", nameof(weights));
        }

        return new ProfiledOrdinal(fit).OfContrast("contrast", weights, level, fit.Options.Tolerances.ProfileBudget());
    }

    /// <summary>Tests of each random effect by the likelihood ratio, of which its variance is on the edge of its range.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    public static IReadOnlyList<VarianceTest> VarianceTests(OrdinalGlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return VarianceTest.Of(new ProfiledOrdinal(fit));
    }

    /// <summary>The intervals of every standard deviation and correlation, term by term, on the link scale.</summary>
    /// <param name="fit">A fit with finite estimates.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfVariances(OrdinalGlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var budget = fit.Options.Tolerances.ProfileBudget();
        var profiled = new ProfiledOrdinal(fit);
        using var work = LongWork.Begin("profile intervals of variances", profiled.RandomParameters());
        var intervals = work.Each(profiled.OfRandomEffects(level, budget)).ToList();
        return [.. intervals.Select(budget.Settle)];
    }
}
