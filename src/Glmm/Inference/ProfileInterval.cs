using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Optimization;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Inference;

/// <summary>A profile-likelihood interval: the values that a likelihood-ratio test does not reject.</summary>
/// <remarks>The signed root √(2(ℓ̂ − ℓ_profile)) is nearly linear in the parameter, so the secant rule finds each limit in a few maximizations.</remarks>
/// <param name="Lower">The lower limit; −∞ when the profile never falls far enough, 0 for a standard deviation whose profile at 0 is still high.</param>
/// <param name="Upper">The upper limit; ∞ when the profile never falls far enough.</param>
public sealed record ProfileInterval(double Lower, double Upper)
{
    private const double RootTolerance = 1e-6;
    private const int MaximumSteps = 30;

    /// <summary>The interval of one coefficient.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="coefficient">Its index among the p coefficients.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval OfCoefficient(GlmmFit fit, int coefficient, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfNegative(coefficient);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(coefficient, fit.Coefficients.Length);
        var weights = fit.Model.Scaling.TieWeights(coefficient, fit.ParameterCount, out var scale);
        var error = fit.StandardErrors[coefficient];
        var search = new Search(fit, coefficient, weights, scale, fit.Coefficients[coefficient], double.IsFinite(error) ? error : 1, Coefficient.CriticalValue(level, null));
        return new ProfileInterval(search.Limit(-1), search.Limit(1));
    }

    /// <summary>The interval of the standard deviation of the only random effect of a model; null when there are several.</summary>
    /// <param name="fit">A fit of the mixed model.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public static ProfileInterval? OfStandardDeviation(GlmmFit fit, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.RandomEffects.Count != 1 || fit.RandomEffects[0].Dimension != 1)
        {
            return null;
        }

        var index = fit.Coefficients.Length;
        var estimate = fit.RandomEffects[0].StandardDeviations[0];
        var error = fit.JointCovariance.IsEmpty ? double.NaN : Math.Sqrt(fit.JointCovariance[(index * fit.ParameterCount) + index]);
        var search = new Search(
            fit, index, new double[fit.ParameterCount], fit.Model.Levels[0].Scales[0], estimate, error > 0 ? error : 0.3, Coefficient.CriticalValue(level, null));
        var lower = estimate == 0 || search.Root(0) < search.Target ? 0 : search.Limit(-1);
        return new ProfileInterval(Math.Max(0, lower), search.Limit(1));
    }

    private sealed class Search
    {
        private readonly RestrictedLikelihood likelihood;
        private readonly NewtonMaximizer maximizer;
        private readonly double[] start;
        private readonly double scale;
        private readonly double estimate;
        private readonly double error;
        private readonly double top;

        public Search(GlmmFit fit, int tied, double[] weights, double scale, double estimate, double error, double target)
        {
            likelihood = new RestrictedLikelihood(fit.Maximum.Likelihood, tied, weights);
            maximizer = new NewtonMaximizer(likelihood);
            start = likelihood.Reduce(fit.Maximum.Maximizer.Parameters);
            this.scale = scale;
            this.estimate = estimate;
            this.error = error;
            Target = target;
            top = fit.Maximum.Maximizer.Value;
        }

        public double Target { get; }

        // √(2(ℓ̂ − ℓ)) with the parameter held at a value.
        public double Root(double value)
        {
            likelihood.Value = value * scale;
            maximizer.Climb(start, 60, 1e-6);
            return Math.Sqrt(Math.Max(0, 2 * (top - maximizer.Value)));
        }

        public double Limit(int side)
        {
            start.CopyTo(start, 0);
            var (inside, rootInside) = (0.0, 0.0);
            var step = Target * error;
            for (var k = 0; k < MaximumSteps; k++)
            {
                var root = Root(estimate + (side * step));
                if (Math.Abs(root - Target) < RootTolerance)
                {
                    return estimate + (side * step);
                }

                // Far out a flat profile has no limit.
                if (step > 1e4 * Target * error || (k > 10 && root < 0.5 * Target))
                {
                    return side * double.PositiveInfinity;
                }

                var slope = (root - rootInside) / (step - inside);
                var next = slope > 0 ? step + ((Target - root) / slope) : 2 * step;
                if (root < Target || inside == 0)
                {
                    (inside, rootInside) = root < Target ? (step, root) : (0, 0);
                }

                step = Math.Clamp(next, 0.1 * step, 3 * step);
            }

            return estimate + (side * step);
        }
    }
}
