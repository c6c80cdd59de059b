using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Settles maxima where a variance is zero: moves exactly onto the boundary when the log-likelihood does not fall by it.</summary>
internal static class Boundary
{
    /// <summary>Returns the maximum with vanishing columns of Λ set to zero and everything else maximized again.</summary>
    public static Ascent Settle(PreparedModel model, Ascent maximum, StartingValues starting) => Settle(
        model.Levels, maximum, starting.Marginal.Coefficients, model.Options.Tolerances, model.Options.MaximumIterations, model.Watched);

    /// <summary>The same for any model with a fixed part and levels of random effects.</summary>
    /// <param name="levels">The groupings, coarsest first.</param>
    /// <param name="maximum">Where the climb ended.</param>
    /// <param name="marginal">The fixed part's estimates without random effects, in the iteration's units.</param>
    /// <param name="tolerances">What counts as zero.</param>
    /// <param name="maximumIterations">The cap on steps.</param>
    /// <param name="watched">See <see cref="NewtonMaximizer.Watched"/>.</param>
    public static Ascent Settle(
        IReadOnlyList<RandomLevel> levels,
        Ascent maximum,
        ReadOnlySpan<double> marginal,
        GlmmTolerances tolerances,
        int maximumIterations,
        (int First, int Count, bool Dispersion) watched)
    {
        var parameters = (double[])maximum.Maximizer.Parameters.Clone();
        var start = marginal.Length;
        var snapped = false;
        var anyLeft = false;
        foreach (var level in levels)
        {
            var theta = parameters.AsSpan(start, level.Factor.ParameterCount);
            snapped |= Snap(level.Factor, theta, tolerances.SuspiciousDeviation);
            anyLeft |= theta.ContainsAnyExcept(0);
            start += theta.Length;
        }

        if (!snapped)
        {
            return maximum;
        }

        if (!anyLeft)
        {
            marginal.CopyTo(parameters);
        }

        // The derivative in a vanished column is zero by symmetry, so the climb stays on the boundary.
        var settled = new NewtonMaximizer(maximum.Likelihood, tolerances) { Watched = watched };
        var convergence = settled.Climb(parameters, maximumIterations, tolerances.Distance);
        if (settled.Value < maximum.Maximizer.Value - tolerances.BoundaryLoss)
        {
            return maximum;
        }

        // Rounding leaves 1e−17 to 1e−11 where the boundary is.
        for (var j = marginal.Length; j < parameters.Length; j++)
        {
            settled.Parameters[j] = parameters[j] == 0
                && Math.Abs(settled.Parameters[j]) < tolerances.BoundaryRounding ? 0 : settled.Parameters[j];
        }

        var status = convergence.Converged ? ConvergenceStatus.Boundary : convergence.Status;
        return maximum with
        {
            Maximizer = settled,
            Convergence = convergence with
            {
                Status = status,
                Iterations = convergence.Iterations + maximum.Convergence.Iterations,
            },
        };
    }

    // Sets to zero the variances that are nearly so, and columns of Λ that nearly vanish; returns whether there were any.
    private static bool Snap(CovarianceFactor factor, Span<double> theta, double suspicious)
    {
        var q = factor.Dimension;
        var covariance = factor.Covariance(theta);
        var snapped = false;
        for (var a = 0; a < q; a++)
        {
            if (covariance[(a * q) + a] < suspicious * suspicious && covariance[(a * q) + a] > 0)
            {
                snapped = true;
                for (var b = 0; b < q; b++)
                {
                    covariance[(a * q) + b] = covariance[(b * q) + a] = 0;
                }
            }
        }

        if (snapped)
        {
            factor.FromCovariance(covariance, theta);
        }

        for (var column = 0; column < q; column++)
        {
            var square = 0.0;
            for (var e = 0; e < theta.Length; e++)
            {
                square += factor.Columns[e] == column ? theta[e] * theta[e] : 0;
            }

            if (square > 0 && square < suspicious * suspicious)
            {
                snapped = true;
                for (var e = 0; e < theta.Length; e++)
                {
                    theta[e] = factor.Columns[e] == column ? 0 : theta[e];
                }
            }
        }

        return snapped;
    }
}
