using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee;

/// <summary>Fits the negative binomial family with its θ estimated by moments.</summary>
/// <remarks>
/// θ solves Σ w (y − μ̂)² / (μ̂ + μ̂²/θ) = N − p (Breslow 1984), in turn with the fit of the mean, so that the scale φ is 1.
/// </remarks>
public static class NegativeBinomialFitter
{
    /// <summary>How near to a bound, on the log scale, θ is at it.</summary>
    private const double AtBound = 1e-6;

    /// <summary>The width, on the log scale, at which θ is known to rounding.</summary>
    private const double Rounding = 1e-13;

    /// <summary>Alternates between θ and the mean until θ is stable.</summary>
    /// <param name="frame">Counts.</param>
    /// <param name="options">The family in it is replaced; its scale is held at 1.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <returns>The fit with the family in its options, and a sentence when
    /// θ is at the edge of its range or did not settle; else null.</returns>
    public static (GeeFit Fit, double Theta, string? Warning) Fit(
        ModelFrame frame, GeeOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(options);
        var tolerances = options.Tolerances;
        var theta = Math.Log(Solve(GeeFitter.Fit(
            frame,
            options with { Family = Family.Poisson, FixedScale = null, Link = options.EffectiveLink })));
        var fit = FitAt(theta);
        for (var round = 0; round < tolerances.ThetaRounds; round++)
        {
            var next = Math.Log(Solve(fit));
            var moved = Math.Abs(next - theta);
            theta = next;
            fit = FitAt(theta);
            if (!fit.Convergence.Converged || moved < tolerances.Theta)
            {
                return (fit, Math.Exp(theta), EdgeWarning(theta, tolerances));
            }
        }

        return (fit, Math.Exp(theta), $"The dispersion theta of the negative binomial did not settle in {tolerances.ThetaRounds} rounds.");

        GeeFit FitAt(double logTheta) =>
            GeeFitter.Fit(
                frame,
                options with { Family = Family.NegativeBinomial(Math.Exp(logTheta)), Link = options.EffectiveLink, FixedScale = 1 });
    }

    private static string? EdgeWarning(double logTheta, GeeTolerances tolerances) =>
        logTheta >= Math.Log(tolerances.LargestTheta) - AtBound
            ? "The counts vary no more than Poisson counts: theta is at the edge of its range, and the fit is that of --family "
                + "poisson."
            : logTheta <= Math.Log(tolerances.SmallestTheta) + AtBound
                ? "The counts vary more than any negative binomial: theta is at the lower edge of its range."
                : null;

    /// <summary>The sum of squares over the variance grows with θ, so the root is bracketed; bisection on the log scale.</summary>
    private static double Solve(GeeFit fit)
    {
        fit = fit.Finite ?? fit;
        var frame = fit.Frame;
        var means = fit.FittedMeans();
        var target = 0.0;
        for (var row = 0; row < means.Length; row++)
        {
            target += Weight(row) > 0 ? 1 : 0;
        }

        target -= fit.Coefficients.Length;
        var (low, high) = (Math.Log(fit.Options.Tolerances.SmallestTheta), Math.Log(fit.Options.Tolerances.LargestTheta));
        while (high - low > Rounding)
        {
            var middle = 0.5 * (low + high);
            if (middle == low || middle == high)
            {
                break;
            }

            (low, high) = Excess(Math.Exp(middle)) < 0 ? (middle, high) : (low, middle);
        }

        return Math.Exp(0.5 * (low + high));

        double Weight(int row) => frame.Weights.IsEmpty ? 1 : frame.Weights[row];

        double Excess(double theta)
        {
            var sum = 0.0;
            for (var row = 0; row < means.Length; row++)
            {
                var residual = frame.Response[row] - means[row];
                sum += Weight(row) * residual * residual / (means[row] + (means[row] * means[row] / theta));
            }

            return sum - target;
        }
    }
}
