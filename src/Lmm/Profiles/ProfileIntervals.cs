using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>Intervals of values at which the full likelihood, maximized over everything else, is not too far below its maximum.</summary>
/// <remarks>
/// All values b with −2ℓ(b) + 2ℓ(maximum) below the level's quantile of χ²(1) (Venzon and Moolgavkar 1988). A fit by REML is refitted by
/// full likelihood first. A standard deviation's interval includes zero when the likelihood at zero is high enough.
/// </remarks>
public static class ProfileIntervals
{
    /// <summary>The intervals of the coefficients, in design order.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfCoefficients(LmmFit fit, double level = 0.95)
    {
        var full = Full(fit);
        var cutoff = Coefficient.CriticalValue(level, null);
        var intervals = new List<ProfileInterval>();
        for (var j = 0; j < full.Coefficients.Length; j++)
        {
            var profile = new CoefficientProfile(full, j);
            var step = full.StandardError(j) * cutoff;
            var lower = profile.Limit(-step, cutoff, double.NegativeInfinity);
            var upper = profile.Limit(step, cutoff, double.PositiveInfinity);
            intervals.Add(new ProfileInterval(full.Frame.Design.Names[j], profile.Estimate, lower, upper, level));
        }

        return intervals;
    }

    /// <summary>
    /// The intervals of the covariance parameters: for each random term the
    /// standard deviations, then the correlations; last the residual's.
    /// </summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <remarks>
    /// A limit of 0 for a standard deviation, or of the end of a correlation's range, says that the likelihood there is high enough.
    /// </remarks>
    public static IReadOnlyList<ProfileInterval> OfCovariance(LmmFit fit, double level = 0.95)
    {
        var full = Full(fit);
        if (full.Options.FixedResidualVariance is not null)
        {
            throw new ArgumentException("Profiles of covariance parameters need a residual variance that is estimated.", nameof(fit));
        }

        return [.. OfEffects(full, level), .. OfResidual(full, level)];
    }

    /// <summary>The deviance along the standard deviation of one random effect, on a grid that covers its interval.</summary>
    /// <param name="fit">The fit; one by REML is refitted by full likelihood.</param>
    /// <param name="term">The term's index among the fit's random effects.</param>
    /// <param name="effect">The effect's index among those of the term.</param>
    /// <param name="level">The level of the interval, in (0, 1).</param>
    public static ProfileTrace TraceOfStandardDeviation(LmmFit fit, int term = 0, int effect = 0, double level = 0.95)
    {
        var full = Full(fit);
        var random = full.RandomEffects[term];
        var profile = new EffectDeviationProfile(full, full.Frame.RandomTerms[term], effect, random.StandardDeviations[effect]);
        var label = VarianceLabel.Deviation(random.Names[effect], random.Group);
        var interval = Deviation(label, profile, full.Options.Tolerances, level);
        return ProfileTrace.Of(profile, interval, full.Options.Tolerances.SmallestDeviation * Math.Max(profile.Estimate, 0.1));
    }

    private static IEnumerable<ProfileInterval> OfEffects(LmmFit full, double level)
    {
        for (var t = 0; t < full.RandomEffects.Count; t++)
        {
            var (effect, term) = (full.RandomEffects[t], full.Frame.RandomTerms[t]);
            for (var j = 0; j < effect.Dimension; j++)
            {
                var profile = new EffectDeviationProfile(full, term, j, effect.StandardDeviations[j]);
                yield return Deviation(VarianceLabel.Deviation(effect.Names[j], effect.Group), profile, full.Options.Tolerances, level);
            }

            for (var j = 1; j < effect.Dimension && term.Correlated; j++)
            {
                for (var i = 0; i < j; i++)
                {
                    var estimate = effect.Correlation(i, j);
                    var label = VarianceLabel.Correlation(effect.Names[i], effect.Names[j], effect.Group);
                    yield return double.IsFinite(estimate)
                        ? Correlation(label, estimate, EffectCorrelationProfile.Of(full, term, (i, j), estimate), (-1, 1), level)
                        : new ProfileInterval(label, double.NaN, -1, 1, level);
                }
            }
        }
    }

    private static IEnumerable<ProfileInterval> OfResidual(LmmFit full, double level)
    {
        var data = full.Data;
        if (data.Residual is not { } residual)
        {
            yield return Deviation(
                VarianceLabel.Residual,
                new ResidualDeviationProfile(full, new WaveVariance(data, 0, 0)),
                full.Options.Tolerances,
                level);
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
                yield return Deviation(
                    label + suffix,
                    new ResidualDeviationProfile(full, new WaveVariance(data, group, wave)),
                    full.Options.Tolerances,
                    level);
            }

            var names = residual.Shape.CorrelationNames(waves);
            var estimates = residual.Shape.Correlations(
                full.Theta.Slice(data.RandomParameters + residual.Start(group), residual.PerGroup),
                waves);
            for (var k = 0; k < names.Count; k++)
            {
                var profile = ResidualCorrelationProfile.Of(full, group, k, estimates[k]);
                yield return Correlation(
                    $"residual {names[k]}{suffix}",
                    estimates[k],
                    profile,
                    residual.Shape.CorrelationRange(waves),
                    level);
            }
        }
    }

    private static LmmFit Full(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Options.Restricted ? LmmFitter.Fit(fit.Frame, fit.Options with { Restricted = false }) : fit;
    }

    private static ProfileInterval Deviation(string label, ProfileCurve profile, LmmTolerances tolerances, double level)
    {
        var cutoff = Coefficient.CriticalValue(level, null);
        var scale = profile.Estimate > 0 ? profile.Estimate : 0.1;
        var smallest = tolerances.SmallestDeviation * scale;
        var zero = profile.Estimate <= smallest || profile.Root(smallest) > -cutoff;
        var lower = zero ? 0 : profile.Limit(-0.2 * scale, cutoff, smallest);
        var upper = SignedRoot.Solve(
            profile.Root,
            Math.Max(profile.Estimate, smallest),
            0.3 * scale,
            cutoff,
            double.PositiveInfinity,
            profile.Precision);
        return new ProfileInterval(label, profile.Estimate, lower, upper, level) { LowerIsEdge = zero };
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
        };
    }

    /// <summary>−2ℓ with one coefficient held, everything else refitted.</summary>
    private sealed class CoefficientProfile : ProfileCurve
    {
        private readonly LmmFit full;
        private readonly int column;
        private readonly DesignMatrix smaller;

        public CoefficientProfile(LmmFit full, int column)
        {
            this.full = full;
            this.column = column;
            smaller = Without(full.Frame.Design, column);
            Precision = full.Options.Tolerances.ProfilePrecision;
        }

        public override double Estimate => full.Coefficients[column];

        public override double Deviance(double value)
        {
            var frame = full.Frame;
            var response = frame.Response.ToArray();
            var x = frame.Design.Column(column);
            for (var i = 0; i < response.Length; i++)
            {
                response[i] -= value * x[i];
            }

            var start = full.Convergence.Status == ConvergenceStatus.Converged ? full.Theta.ToArray() : null;
            var fit = LmmFitter.Fit(frame.WithTerms(smaller, frame.RandomTerms), response, frame.Weights, full.Options, start);
            return 2 * (full.LogLikelihood - fit.LogLikelihood);
        }

        private static DesignMatrix Without(DesignMatrix design, int column)
        {
            var n = design.Rows;
            double[] values = [.. design.Values[..(column * n)], .. design.Values[((column + 1) * n)..]];
            return new DesignMatrix(
                n,
                [.. design.Names.Where((_, j) => j != column)],
                values,
                [.. design.Terms.Where((_, j) => j != column)]);
        }
    }
}
