using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Linear.Inference;

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
            intervals.Add(new ProfileInterval(
                full.Frame.Design.Names[j], estimate, SignedRoot.Solve(profile.Root, estimate, -error * cutoff, cutoff, double.NegativeInfinity), SignedRoot.Solve(profile.Root, estimate, error * cutoff, cutoff, double.PositiveInfinity)));
        }

        return intervals;
    }

    /// <summary>The intervals of the random effects' standard deviations, term by term, then of the residual's.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static IReadOnlyList<ProfileInterval> OfDeviations(LmmFit fit, double level = 0.95)
    {
        var full = Full(fit);
        var cutoff = Coefficient.CriticalValue(level, null);
        var intervals = new List<ProfileInterval>();
        foreach (var effect in full.RandomEffects)
        {
            for (var j = 0; j < effect.Dimension; j++)
            {
                var profile = new DeviationProfile(full, Place(full, effect, j));
                intervals.Add(Deviation($"{effect.Names[j]} | {effect.Group}", effect.StandardDeviations[j], profile.Root, cutoff));
            }
        }

        if (full.Options.FixedResidualVariance is null)
        {
            intervals.Add(Deviation("Residual", Math.Sqrt(full.ResidualVariance), new DeviationProfile(full, null).Root, cutoff));
        }

        return intervals;
    }

    private static LmmFit Full(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        return fit.Options.Restricted ? LmmFitter.Fit(fit.Frame, fit.Options with { Restricted = false }) : fit;
    }

    private static ProfileInterval Deviation(string label, double estimate, Func<double, double> root, double cutoff)
    {
        var scale = estimate > 0 ? estimate : 0.1;
        var smallest = 1e-4 * scale;
        var lower = estimate <= smallest || root(smallest) > -cutoff ? 0 : SignedRoot.Solve(root, estimate, -0.2 * scale, cutoff, smallest);
        return new ProfileInterval(label, estimate, lower, SignedRoot.Solve(root, Math.Max(estimate, smallest), 0.3 * scale, cutoff, double.PositiveInfinity));
    }

    /// <summary>The level and the row of Λ of an effect.</summary>
    private static (int Level, int Row) Place(LmmFit fit, RandomEffects.RandomEffectEstimate effect, int index)
    {
        var term = fit.Frame.RandomTerms[fit.RandomEffects.ToList().IndexOf(effect)];
        var levels = fit.Likelihood.Data.Hierarchy.Levels;
        for (var level = 0; level < levels.Count; level++)
        {
            var offset = 0;
            foreach (var candidate in levels[level].Terms)
            {
                if (candidate == term)
                {
                    return (level, offset + index);
                }

                offset += candidate.Dimension * (levels[level].IsSpread ? candidate.GroupCount : 1);
            }
        }

        throw new ArgumentException("The effect is not one of the fit's.", nameof(effect));
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
