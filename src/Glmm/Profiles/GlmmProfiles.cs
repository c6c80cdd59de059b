using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>
/// Profile-likelihood intervals of the parameters of a fitted mixed model. Each opens a likelihood of its own and starts from the solution.
/// </summary>
/// <remarks>
/// All values at which 2(ℓ̂ − ℓ), with ℓ maximized over everything else,
/// is below the level's quantile of χ²(1) (Venzon and Moolgavkar 1988).
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Glmm;
/// using MarginalConditional.Glmm.Profiles;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + (1 | site)") });
/// var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Binomial });
/// foreach (var row in GlmmProfiles.OfVariances(fit))
/// {
///     Console.WriteLine($"{row.Label}: {row.Lower} to {row.Upper}");
/// }
/// </code>
/// </example>
public static class GlmmProfiles
{
    /// <summary>The interval of one coefficient, on the link scale.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="coefficient">Its index among the p coefficients.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfCoefficient(GlmmFit fit, int coefficient, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(coefficient);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(coefficient, fit.Coefficients.Length);
        var unit = AffineRestriction.Unit(fit.Coefficients.Length, coefficient);
        return OfContrast(fit, unit, level) with { Label = fit.Frame.Design.Names[coefficient] };
    }

    /// <summary>The intervals of all coefficients, on the link scale.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <remarks>Where the fit has not converged there is no maximum to fall from, and no limit is a number.</remarks>
    public static IReadOnlyList<ProfileInterval> OfCoefficients(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var (profiled, budget, p) = (Profiled(fit), fit.Options.Tolerances.ProfileBudget(), fit.Coefficients.Length);
        using var work = LongWork.Begin("profile intervals of coefficients", p);
        ProfileInterval[] intervals =
        [
            .. work.Each(fit.Frame.Design.Names)
                .Select((name, j) => profiled.OfContrast(name, AffineRestriction.Unit(p, j), level, budget)),
        ];
        return [.. intervals.Select(budget.Settle)];
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
            throw new ArgumentException(
                $"A combination of {fit.Coefficients.Length} coefficients has as many weights, not all zero.",
                nameof(weights));
        }

        return Profiled(fit).OfContrast("contrast", weights, level, fit.Options.Tolerances.ProfileBudget());
    }

    /// <summary>The interval of the standard deviation of one random effect, on the link scale.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="term">The term's index among the fit's random effects.</param>
    /// <param name="effect">The effect's index among those of the term.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfStandardDeviation(GlmmFit fit, int term = 0, int effect = 0, double level = 0.95)
    {
        Require(fit, term, effect);
        return Profiled(fit).OfStandardDeviation(term, effect, level, fit.Options.Tolerances.ProfileBudget());
    }

    /// <summary>
    /// The deviance along standard deviations of random effects, each on a grid that covers its interval, which is that of
    /// <see cref="OfVariances"/> unless other searches have left it fewer evaluations.
    /// </summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="effects">Terms' indices among the fit's random effects, and effects' indices among those of their terms.</param>
    /// <param name="level">The level of the intervals, in (0, 1).</param>
    /// <returns>As many curves; without points where the likelihood could not be followed.</returns>
    public static IReadOnlyList<ProfileTrace> TracesOfStandardDeviations(
        GlmmFit fit, IReadOnlyList<(int Term, int Effect)> effects, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(effects);
        foreach (var (term, effect) in effects)
        {
            Require(fit, term, effect);
        }

        var (profiled, budget) = (Profiled(fit), fit.Options.Tolerances.ProfileBudget());
        ProfileTrace[] traces = [.. effects.Select(effect => profiled.TraceOfStandardDeviation(effect.Term, effect.Effect, level, budget))];
        return [.. traces.Select(trace => trace.Settle(budget))];
    }

    /// <summary>
    /// The interval of the correlation of two random effects of one term; all of (−1, 1) where one of them does not vary.
    /// </summary>
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
        return Profiled(fit).OfCorrelation(term, first, second, level, fit.Options.Tolerances.ProfileBudget());
    }

    /// <summary>The interval of the dispersion φ; null for a family or fit whose dispersion is not estimated.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval? OfDispersion(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var budget = fit.Options.Tolerances.ProfileBudget();
        return OfDispersion(fit, level, budget) is { } interval ? budget.Settle(interval) : null;
    }

    /// <summary>
    /// Every standard deviation and correlation, term by term, and the dispersion where it
    /// is estimated (of the gaussian family its root, the residual standard deviation).
    /// </summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfVariances(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var budget = fit.Options.Tolerances.ProfileBudget();
        var profiled = Profiled(fit);
        using var work = LongWork.Begin(
            "profile intervals of variances", profiled.RandomParameters() + (fit.Model.Density.HasFreeDispersion ? 1 : 0));
        var intervals = work.Each(profiled.OfRandomEffects(level, budget)).ToList();
        if (OfDispersion(fit, level, budget) is { } dispersion)
        {
            intervals.Add(fit.Family == Family.Gaussian ? RootOf(dispersion) : dispersion);
            work.Step();
        }

        return [.. intervals.Select(budget.Settle)];
    }

    private static ProfileInterval? OfDispersion(GlmmFit fit, double level, ProfileBudget budget)
    {
        if (!fit.Model.Density.HasFreeDispersion)
        {
            return null;
        }

        var logarithm = ProfiledFit.Unbounded(Profiled(fit).Interval(
            "dispersion", Math.Log(fit.Dispersion), level, budget, () => HeldDispersion.Of(fit)));
        return logarithm with { Estimate = fit.Dispersion, Lower = Math.Exp(logarithm.Lower), Upper = Math.Exp(logarithm.Upper) };
    }

    private static ProfiledGlmm Profiled(GlmmFit fit) => new(fit);

    private static ProfileInterval RootOf(ProfileInterval variance) => variance with
    {
        Label = VarianceLabel.Residual,
        Estimate = Math.Sqrt(variance.Estimate),
        Lower = Math.Sqrt(variance.Lower),
        Upper = Math.Sqrt(variance.Upper),
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
