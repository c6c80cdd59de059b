using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>Intervals of values at which the full likelihood, maximized over everything else, is not too far below its maximum.</summary>
/// <remarks>
/// All values b with −2ℓ(b) + 2ℓ(maximum) below the level's quantile of χ²(1) (Venzon and Moolgavkar 1988). A fit by REML is refitted by
/// full likelihood first. A standard deviation's interval includes zero when the likelihood at zero is high enough.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm;
/// using MarginalConditional.Lmm.Profiles;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + time + (time | id)") });
/// var fit = LmmFitter.Fit(frame, new LmmOptions());
/// foreach (var row in ProfileIntervals.Of(fit))
/// {
///     Console.WriteLine($"{row.Label}: {row.Lower} to {row.Upper}");
/// }
/// </code>
/// </example>
public static class ProfileIntervals
{
    /// <summary>
    /// Every interval: of the coefficients, in design order; for each random term of its standard deviations, then its correlations; last
    /// of the residual's.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <remarks>
    /// A limit of 0 for a standard deviation, or of the end of a correlation's range, says that the likelihood there is high enough. Where
    /// the fit by full likelihood has not converged there is no maximum to fall from, and no limit is a number.
    /// </remarks>
    public static IReadOnlyList<ProfileInterval> Of(LmmFit fit, double level = 0.95)
    {
        var full = Full(fit);
        return [.. OfCoefficients(full, level), .. OfCovariance(full, level)];
    }

    /// <summary>The intervals of the coefficients, in design order.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfCoefficients(LmmFit fit, double level = 0.95)
    {
        var full = Full(fit);
        var budget = full.Options.Tolerances.ProfileBudget();
        var cutoff = Coefficient.CriticalValue(level, null);
        var intervals = new List<ProfileInterval>();
        using var work = LongWork.Begin("profile intervals of coefficients", full.Coefficients.Length);
        for (var j = 0; j < full.Coefficients.Length; j++)
        {
            var label = full.Frame.Design.Names[j];
            if (!full.Convergence.Converged)
            {
                intervals.Add(new ProfileInterval(label, full.Coefficients[j], double.NaN, double.NaN, level));
                continue;
            }

            var profile = new CoefficientProfile(full, j, budget);
            var step = full.StandardError(j) * cutoff;
            var lower = profile.Limit(-step, cutoff, double.NegativeInfinity);
            var upper = profile.Limit(step, cutoff, double.PositiveInfinity);
            intervals.Add(new ProfileInterval(label, profile.Estimate, lower, upper, level) { RanOut = profile.RanOut });
            work.Step();
        }

        return [.. intervals.Select(budget.Settle)];
    }

    /// <summary>
    /// The intervals of the covariance parameters: for each random term the
    /// standard deviations, then the correlations; last the residual's.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfCovariance(LmmFit fit, double level = 0.95)
    {
        var full = FullWithResidual(fit);
        var budget = full.Options.Tolerances.ProfileBudget();
        using var work = LongWork.Begin("profile intervals of variances", Count(full));
        ProfileInterval[] intervals =
            [.. work.Each(OfEffects(full, level, budget)), .. work.Each(OfResidual(full, level, budget))];
        return [.. intervals.Select(budget.Settle)];
    }

    /// <summary>
    /// The deviance along standard deviations of random effects, each on a grid that covers its interval, which is that of
    /// <see cref="OfCovariance"/> unless other searches have left it fewer evaluations.
    /// </summary>
    /// <param name="fit">The fit; one by REML is refitted by full likelihood.</param>
    /// <param name="effects">Terms' indices among the fit's random effects, and effects' indices among those of their terms.</param>
    /// <param name="level">The level of the intervals, in (0, 1).</param>
    /// <returns>As many curves; without points where the likelihood could not be followed.</returns>
    public static IReadOnlyList<ProfileTrace> TracesOfStandardDeviations(
        LmmFit fit, IReadOnlyList<(int Term, int Effect)> effects, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var full = FullWithResidual(fit);
        foreach (var (term, effect) in effects)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(term, nameof(effects));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(term, full.RandomEffects.Count, nameof(effects));
            ArgumentOutOfRangeException.ThrowIfNegative(effect, nameof(effects));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(effect, full.RandomEffects[term].Dimension, nameof(effects));
        }

        var budget = full.Options.Tolerances.ProfileBudget();
        ProfileTrace[] traces = [.. effects.Select(effect => Trace(full, effect.Term, effect.Effect, level, budget))];
        return [.. traces.Select(trace => trace.Settle(budget))];
    }

    private static ProfileTrace Trace(LmmFit full, int term, int effect, double level, ProfileBudget budget)
    {
        var random = full.RandomEffects[term];
        var (deviation, tolerances) = (random.StandardDeviations[effect], full.Options.Tolerances);
        EffectDeviationProfile? profile = null;
        var interval = Search(VarianceLabel.Deviation(random.Names[effect], random.Group), deviation, full, level, budget, label =>
        {
            profile = new EffectDeviationProfile(full, full.Frame.RandomTerms[term], effect, deviation, budget);
            return Deviation(label, profile, tolerances, level);
        });
        return profile is null || budget.IsEmpty
            ? new ProfileTrace(interval, [])
            : ProfileTrace.Of(profile, interval, tolerances.SmallestDeviation * Math.Max(profile.Estimate, 0.1));
    }

    /// <summary>How many standard deviations and correlations there are, the residual's included.</summary>
    private static int Count(LmmFit full) =>
        full.Data.RandomParameters + (full.Data.Residual is not { Layout: var layout, Shape: var shape } ? 1
            : layout.Groups * (shape.Variances(layout.Waves) + shape.CorrelationNames(layout.Waves).Count));

    private static IEnumerable<ProfileInterval> OfEffects(LmmFit full, double level, ProfileBudget budget)
    {
        for (var t = 0; t < full.RandomEffects.Count; t++)
        {
            var (effect, term) = (full.RandomEffects[t], full.Frame.RandomTerms[t]);
            for (var j = 0; j < effect.Dimension; j++)
            {
                var (own, deviation) = (j, effect.StandardDeviations[j]);
                yield return Search(VarianceLabel.Deviation(effect.Names[j], effect.Group), deviation, full, level, budget, label =>
                    Deviation(label, new EffectDeviationProfile(full, term, own, deviation, budget), full.Options.Tolerances, level));
            }

            for (var j = 1; j < effect.Dimension && term.Correlated; j++)
            {
                for (var i = 0; i < j; i++)
                {
                    var (pair, estimate) = ((i, j), effect.Correlation(i, j));
                    var name = VarianceLabel.Correlation(effect.Names[i], effect.Names[j], effect.Group);
                    yield return double.IsFinite(estimate)
                        ? Search(name, estimate, full, level, budget, label => Correlation(
                            label, estimate, EffectCorrelationProfile.Of(full, term, pair, estimate, budget), (-1, 1), level))
                        : new ProfileInterval(name, double.NaN, -1, 1, level);
                }
            }
        }
    }

    private static IEnumerable<ProfileInterval> OfResidual(LmmFit full, double level, ProfileBudget budget)
    {
        var data = full.Data;
        if (data.Residual is not { } residual)
        {
            yield return Residual(VarianceLabel.Residual, new WaveVariance(data, 0, 0), full, level, budget);
            yield break;
        }

        var waves = residual.Layout.Waves;
        var variances = residual.Shape.Variances(waves);
        for (var group = 0; group < residual.Layout.Groups; group++)
        {
            var suffix = residual.Layout.Groups > 1 ? $", {full.ResidualCovariances[group].Group}" : "";
            for (var wave = 0; wave < variances; wave++)
            {
                var label = variances == 1 ? VarianceLabel.Residual : $"{VarianceLabel.Residual}({wave + 1})";
                yield return Residual(label + suffix, new WaveVariance(data, group, wave), full, level, budget);
            }

            var names = residual.Shape.CorrelationNames(waves);
            var estimates = residual.Shape.Correlations(
                full.Theta.Slice(data.RandomParameters + residual.Start(group), residual.PerGroup),
                waves);
            for (var k = 0; k < names.Count; k++)
            {
                var (own, index, estimate) = (group, k, estimates[k]);
                yield return Search($"residual {names[k]}{suffix}", estimate, full, level, budget, label => Correlation(
                    label,
                    estimate,
                    ResidualCorrelationProfile.Of(full, own, index, estimate, budget),
                    residual.Shape.CorrelationRange(waves),
                    level));
            }
        }
    }

    private static ProfileInterval Residual(string label, WaveVariance variance, LmmFit full, double level, ProfileBudget budget)
    {
        var estimate = Math.Sqrt(full.ResidualVariance * variance.Evaluate(full.Theta, []));
        return Search(label, estimate, full, level, budget, name =>
            Deviation(name, new ResidualDeviationProfile(full, variance, budget), full.Options.Tolerances, level));
    }

    /// <summary>An interval, without limits where there is no maximum to fall from or nothing is left to search with.</summary>
    private static ProfileInterval Search(
        string label, double estimate, LmmFit full, double level, ProfileBudget budget, Func<string, ProfileInterval> interval) =>
        full.Convergence.Converged && !budget.IsEmpty
            ? interval(label)
            : new ProfileInterval(label, estimate, double.NaN, double.NaN, level) { RanOut = full.Convergence.Converged };

    private static LmmFit Full(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Options.Restricted ? LmmFitter.Fit(fit.Frame, fit.Options with { Restricted = false }) : fit;
    }

    private static LmmFit FullWithResidual(LmmFit fit)
    {
        var full = Full(fit);
        return full.Options.FixedResidualVariance is null
            ? full
            : throw new ArgumentException("Profiles of covariance parameters need a residual variance that is estimated.", nameof(fit));
    }

    private static ProfileInterval Deviation(string label, ProfileCurve profile, LmmTolerances tolerances, double level)
    {
        var cutoff = Coefficient.CriticalValue(level, null);
        var scale = profile.Estimate > 0 ? profile.Estimate : 0.1;
        var smallest = tolerances.SmallestDeviation * scale;
        profile.Begin();
        var zero = profile.Estimate <= smallest || profile.Root(smallest) > -cutoff;
        var lower = zero ? 0 : profile.Limit(-0.2 * scale, cutoff, smallest);
        var upper = profile.Limit(Math.Max(profile.Estimate, smallest), 0.3 * scale, cutoff, double.PositiveInfinity);
        return new ProfileInterval(label, profile.Estimate, lower, upper, level) { LowerIsEdge = zero, RanOut = profile.RanOut };
    }

    private static ProfileInterval Correlation(
        string label,
        double estimate,
        CorrelationProfile profile,
        (double Lowest, double Highest) range,
        double level)
    {
        const double Step = 0.2;
        var cutoff = Coefficient.CriticalValue(level, null);
        var lower = profile.Limit(-Step, cutoff, -profile.Edge);
        var upper = profile.Limit(Step, cutoff, profile.Edge);
        var (lowest, highest) = (lower <= -profile.Edge, upper >= profile.Edge);
        return new ProfileInterval(
            label,
            estimate,
            lowest ? range.Lowest : profile.Correlation(lower),
            highest ? range.Highest : profile.Correlation(upper),
            level)
        {
            LowerIsEdge = lowest,
            UpperIsEdge = highest,
            RanOut = profile.RanOut,
        };
    }
}
