using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Fitting;

/// <summary>Puts covariances of random effects that are nearly singular exactly on the boundary, and leaves it where the likelihood still rises.</summary>
/// <remarks>
/// The likelihood is smooth in θ across zero diagonals, with a stationary point there whether or not the boundary is the maximum. It is
/// one exactly when the derivative by Ψ is positive semidefinite on the null space of Ψ (the Karush–Kuhn–Tucker condition of Ψ ≥ 0).
/// </remarks>
internal static class BoundaryPolish
{
    /// <summary>A diagonal below this is tried at zero; effects contribute as much as the residual at one.</summary>
    private const double Near = 5e-3;

    /// <summary>Tries each small diagonal at zero.</summary>
    public static OptimizerResult Apply(LinearMixedLikelihood likelihood, OptimizerResult result)
    {
        var atBoundary = false;
        for (var k = 0; k < likelihood.Data.RandomParameters; k++)
        {
            if (!likelihood.Data.IsDiagonal(k) || Math.Abs(result.Theta[k]) > Near)
            {
                continue;
            }

            var candidate = (double[])result.Theta.Clone();
            candidate[k] = 0;
            var gradient = new double[candidate.Length];
            var value = likelihood.Evaluate(candidate, gradient);
            if (value <= result.Value + 1e-9 + 1e-14 * Math.Abs(result.Value))
            {
                atBoundary = true;
                result = result with { Theta = candidate, Value = Math.Min(value, result.Value), Gradient = gradient };
            }
        }

        return atBoundary && result.Status == ConvergenceStatus.Converged ? result with { Status = ConvergenceStatus.Boundary } : result;
    }

    /// <summary>A point off the boundary with a higher likelihood; null when there is none nearby.</summary>
    public static double[]? Escape(LinearMixedLikelihood likelihood, OptimizerResult result)
    {
        if (result.Status != ConvergenceStatus.Boundary)
        {
            return null;
        }

        var value = likelihood.Evaluate(result.Theta, new double[result.Theta.Length]);
        var theta = (double[])result.Theta.Clone();
        var found = false;
        var start = 0;
        for (var level = 0; level < likelihood.Data.Hierarchy.Levels.Count; level++)
        {
            var data = likelihood.Data.Hierarchy.Levels[level];
            var derivative = likelihood.CovarianceDerivative(level);
            var offset = 0;
            foreach (var term in data.Terms)
            {
                var count = term.Correlated ? term.Dimension * (term.Dimension + 1) / 2 : term.Dimension;
                var copies = data.IsSpread ? term.GroupCount : 1;
                var own = Sum(derivative, data.Dimension, offset, term.Dimension, copies);
                found |= term.Correlated
                    ? LeaveCorrelated(own, term.Dimension, theta.AsSpan(start, count))
                    : LeaveDiagonal(own, theta.AsSpan(start, count));
                start += count;
                offset += term.Dimension * copies;
            }
        }

        return found && Shrink(likelihood, result.Theta, theta, value) ? theta : null;
    }

    /// <summary>The derivative by one term's Ψ: the sum over the copies of it.</summary>
    private static double[] Sum(double[] derivative, int dimension, int offset, int q, int copies)
    {
        var sum = new double[q * q];
        for (var copy = 0; copy < copies; copy++, offset += q)
        {
            for (var i = 0; i < q; i++)
            {
                Dense.AddScaled(1, derivative.AsSpan((offset + i) * dimension + offset, q), sum.AsSpan(i * q, q));
            }
        }

        return sum;
    }

    private static bool LeaveDiagonal(double[] derivative, Span<double> theta)
    {
        var found = false;
        for (var j = 0; j < theta.Length; j++)
        {
            if (theta[j] == 0 && derivative[j * (theta.Length + 1)] < 0)
            {
                theta[j] = 0.3;
                found = true;
            }
        }

        return found;
    }

    /// <summary>Adds to Ψ along the null direction in which the function falls most.</summary>
    private static bool LeaveCorrelated(double[] derivative, int q, Span<double> theta)
    {
        var lambda = new double[q * q];
        for (int j = 0, k = 0; j < q; j++)
        {
            for (var i = j; i < q; i++)
            {
                lambda[i * q + j] = theta[k++];
            }
        }

        var psi = new double[q * q];
        Dense.MultiplyTranspose(lambda, lambda, q, q, q, psi);
        var values = new double[q];
        var vectors = new double[q * q];
        SymmetricEigen.Decompose((double[])psi.Clone(), q, values, vectors);
        var (best, slope) = (-1, 0.0);
        for (var k = 0; k < q && values[k] <= 1e-12 * Math.Max(1, values[^1]); k++)
        {
            var vector = vectors.AsSpan(k * q, q);
            var form = 0.0;
            for (var i = 0; i < q; i++)
            {
                for (var j = 0; j < q; j++)
                {
                    form += vector[i] * vector[j] * derivative[i * q + j];
                }
            }

            (best, slope) = form < slope ? (k, form) : (best, slope);
        }

        if (best < 0)
        {
            return false;
        }

        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                psi[i * q + j] += 0.1 * vectors[best * q + i] * vectors[best * q + j] + (i == j ? 1e-8 : 0);
            }
        }

        Cholesky.TryFactor(psi, q, out _, Cholesky.Definite);
        for (int j = 0, k = 0; j < q; j++)
        {
            for (var i = j; i < q; i++)
            {
                theta[k++] = psi[i * q + j];
            }
        }

        return true;
    }

    /// <summary>Moves the point towards the boundary until it is better than the boundary.</summary>
    private static bool Shrink(LinearMixedLikelihood likelihood, double[] from, double[] to, double value)
    {
        for (var halving = 0; halving < 20; halving++)
        {
            if (likelihood.Evaluate(to, []) < value - 1e-9)
            {
                return true;
            }

            for (var k = 0; k < to.Length; k++)
            {
                to[k] = (to[k] + from[k]) / 2;
            }
        }

        return false;
    }
}
