using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Model;
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
            var (estimate, error) = (full.Coefficients[j], full.StandardError(j));
            var lower = SignedRoot.Solve(profile.Root, estimate, -error * cutoff, cutoff, double.NegativeInfinity);
            var upper = SignedRoot.Solve(profile.Root, estimate, error * cutoff, cutoff, double.PositiveInfinity);
            intervals.Add(new ProfileInterval(full.Frame.Design.Names[j], estimate, lower, upper, level));
        }

        return intervals;
    }

    /// <summary>The intervals of the covariance parameters: for each random term the standard deviations, then the correlations; last the residual's.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    /// <remarks>A limit of 0 for a standard deviation, or of the end of a correlation's range, says that the likelihood there is high enough.</remarks>
    public static IReadOnlyList<ProfileInterval> OfCovariance(LmmFit fit, double level = 0.95)
    {
        var full = Full(fit);
        if (full.Options.FixedResidualVariance is not null)
        {
            throw new ArgumentException("Profiles of covariance parameters need a residual variance that is estimated.", nameof(fit));
        }

        return [.. OfEffects(full, level), .. OfResidual(full, level)];
    }

    private static IEnumerable<ProfileInterval> OfEffects(LmmFit full, double level)
    {
        for (var t = 0; t < full.RandomEffects.Count; t++)
        {
            var (effect, term) = (full.RandomEffects[t], full.Frame.RandomTerms[t]);
            for (var j = 0; j < effect.Dimension; j++)
            {
                var profile = new EffectDeviationProfile(full, term, j, effect.StandardDeviations[j]);
                yield return Deviation(VarianceLabel.Deviation(effect.Names[j], effect.Group), profile, level);
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
            yield return Deviation(VarianceLabel.Residual, new ResidualDeviationProfile(full, new WaveVariance(data, 0, 0)), level);
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
                yield return Deviation(label + suffix, new ResidualDeviationProfile(full, new WaveVariance(data, group, wave)), level);
            }

            var names = residual.Shape.CorrelationNames(waves);
            var estimates = residual.Shape.Correlations(full.Theta.Slice(data.RandomParameters + residual.Start(group), residual.PerGroup), waves);
            for (var k = 0; k < names.Count; k++)
            {
                var profile = ResidualCorrelationProfile.Of(full, group, k, estimates[k]);
                yield return Correlation($"residual {names[k]}{suffix}", estimates[k], profile, residual.Shape.CorrelationRange(waves), level);
            }
        }
    }

    private static LmmFit Full(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Options.Restricted ? LmmFitter.Fit(fit.Frame, fit.Options with { Restricted = false }) : fit;
    }

    private static ProfileInterval Deviation(string label, DeviationProfile profile, double level)
    {
        var cutoff = Coefficient.CriticalValue(level, null);
        var scale = profile.Estimate > 0 ? profile.Estimate : 0.1;
        var smallest = 1e-4 * scale;
        var lower = profile.Estimate <= smallest || profile.Root(smallest) > -cutoff ? 0 : SignedRoot.Solve(profile.Root, profile.Estimate, -0.2 * scale, cutoff, smallest);
        var upper = SignedRoot.Solve(profile.Root, Math.Max(profile.Estimate, smallest), 0.3 * scale, cutoff, double.PositiveInfinity);
        return new ProfileInterval(label, profile.Estimate, lower, upper, level);
    }

    /// <summary>Searches on the scale z of ρ = middle + half · tanh z, on which the signed root is nearly linear (Fisher 1921).</summary>
    private static ProfileInterval Correlation(string label, double estimate, CorrelationProfile profile, (double Lowest, double Highest) range, double level)
    {
        var cutoff = Coefficient.CriticalValue(level, null);
        const double Step = 0.2;
        var (middle, half) = ((range.Highest + range.Lowest) / 2, (range.Highest - range.Lowest) / 2);
        var furthest = Math.Atanh(1 - 1e-6);
        double Value(double z) => middle + half * Math.Tanh(z);
        var at = Math.Clamp(Math.Atanh(Math.Clamp((estimate - middle) / half, -1, 1)), -furthest, furthest);
        var lower = SignedRoot.Solve(z => profile.Root(Value(z)), at, -Step, cutoff, -furthest);
        var upper = SignedRoot.Solve(z => profile.Root(Value(z)), at, Step, cutoff, furthest);
        return new ProfileInterval(label, estimate, lower <= -furthest ? range.Lowest : Value(lower), upper >= furthest ? range.Highest : Value(upper), level);
    }

    /// <summary>−2ℓ with one coefficient held, everything else refitted.</summary>
    private sealed class CoefficientProfile(LmmFit full, int column)
    {
        private readonly DesignMatrix smaller = Without(full.Frame.Design, column);

        public double Root(double value)
        {
            var frame = full.Frame;
            var response = frame.Response.ToArray();
            var x = frame.Design.Column(column);
            for (var i = 0; i < response.Length; i++)
            {
                response[i] -= value * x[i];
            }

            var fit = LmmFitter.Fit(frame.WithTerms(smaller, frame.RandomTerms), response, frame.Weights, full.Options, full.Convergence.Status == ConvergenceStatus.Converged ? full.Theta.ToArray() : null);
            return Math.Sign(value - full.Coefficients[column]) * Math.Sqrt(Math.Max(0, 2 * (full.LogLikelihood - fit.LogLikelihood)));
        }

        private static DesignMatrix Without(DesignMatrix design, int column)
        {
            var n = design.Rows;
            double[] values = [.. design.Values[..(column * n)], .. design.Values[((column + 1) * n)..]];
            return new DesignMatrix(n, [.. design.Names.Where((_, j) => j != column)], values, [.. design.Terms.Where((_, j) => j != column)]);
        }
    }
}
