using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Lmm.Fitting;

/// <summary>
/// Puts covariances of random effects that are nearly singular exactly on the boundary, and leaves it where the likelihood still rises.
/// </summary>
/// <remarks>
/// The likelihood is smooth in θ across zero diagonals, with a stationary point there whether or not the boundary is the maximum. It is
/// one exactly when the derivative by Ψ is positive semidefinite on the null space of Ψ (the Karush–Kuhn–Tucker condition of Ψ ≥ 0).
/// </remarks>
/// <param name="likelihood">The likelihood.</param>
/// <param name="tolerances">What counts as near the boundary, and how it is left.</param>
internal sealed class BoundaryPolish(LinearMixedLikelihood likelihood, LmmTolerances tolerances)
{
    /// <summary>The share of the function that rounding may move.</summary>
    private const double Rounding = 1e-14;

    /// <summary>What makes ΛΛᵀ positive definite, so that it has a factor.</summary>
    private const double Definite = 1e-8;

    /// <summary>Tries each small diagonal at zero.</summary>
    public OptimizerResult Apply(OptimizerResult result)
    {
        var atBoundary = false;
        for (var k = 0; k < likelihood.Data.RandomParameters; k++)
        {
            if (!likelihood.Data.IsDiagonal(k) || Math.Abs(result.Theta[k]) > tolerances.BoundaryCandidate)
            {
                continue;
            }

            var candidate = (double[])result.Theta.Clone();
            candidate[k] = 0;
            var gradient = new double[candidate.Length];
            var value = likelihood.Evaluate(candidate, gradient);
            if (value <= result.Value + tolerances.BoundaryRise + (Rounding * Math.Abs(result.Value)))
            {
                atBoundary = true;
                result = result with { Theta = candidate, Value = Math.Min(value, result.Value), Gradient = gradient };
            }
        }

        return atBoundary && result.Status == ConvergenceStatus.Converged ? result with { Status = ConvergenceStatus.Boundary } : result;
    }

    /// <summary>A point off the boundary with a higher likelihood; null when there is none nearby.</summary>
    public double[]? Escape(OptimizerResult result)
    {
        if (result.Status != ConvergenceStatus.Boundary)
        {
            return null;
        }

        var value = likelihood.Evaluate(result.Theta, new double[result.Theta.Length]);
        var theta = (double[])result.Theta.Clone();
        var start = 0;
        for (var level = 0; level < likelihood.Data.Hierarchy.Levels.Count; level++)
        {
            var (terms, factor) = (likelihood.Data.Hierarchy.Levels[level].Terms, likelihood.Data.Hierarchy.Levels[level].Factor);
            var derivative = likelihood.CovarianceDerivative(level);
            for (var t = 0; t < terms.Count; t++)
            {
                var first = factor.FirstParameter(t);
                var own = Sum(derivative, factor.Dimension, factor.Offset(t), terms[t].Dimension, factor.Copies(first));
                var part = theta.AsSpan(start + first, factor.FirstParameter(t + 1) - first);
                if (terms[t].Correlated)
                {
                    LeaveCorrelated(own, terms[t].Dimension, part);
                }
                else
                {
                    LeaveDiagonal(own, part);
                }
            }

            start += factor.Parameters;
        }

        return !theta.AsSpan().SequenceEqual(result.Theta) && Shrink(result.Theta, theta, value) ? theta : null;
    }

    /// <summary>The derivative by one term's Ψ: the sum over the copies of it.</summary>
    private static double[] Sum(double[] derivative, int dimension, int offset, int q, int copies)
    {
        var sum = new double[q * q];
        for (var copy = 0; copy < copies; copy++, offset += q)
        {
            for (var i = 0; i < q; i++)
            {
                Dense.AddScaled(1, derivative.AsSpan(((offset + i) * dimension) + offset, q), sum.AsSpan(i * q, q));
            }
        }

        return sum;
    }

    private void LeaveDiagonal(double[] derivative, Span<double> theta)
    {
        for (var j = 0; j < theta.Length; j++)
        {
            if (theta[j] == 0 && derivative[j * (theta.Length + 1)] < 0)
            {
                theta[j] = tolerances.DeviationOffBoundary;
            }
        }
    }

    /// <summary>Adds to Ψ along the null direction in which the function falls most.</summary>
    private void LeaveCorrelated(double[] derivative, int q, Span<double> theta)
    {
        var layout = FactorLayout.Lower((q, true));
        var (lambda, psi) = (new double[q * q], new double[q * q]);
        layout.Fill(theta, lambda);
        Dense.MultiplyTranspose(lambda, lambda, q, q, q, psi);
        var values = new double[q];
        var vectors = new double[q * q];
        SymmetricEigen.Decompose((double[])psi.Clone(), q, values, vectors);
        var (best, slope) = (-1, 0.0);
        for (var k = 0; k < q && values[k] <= tolerances.NullDirection * Math.Max(1, values[^1]); k++)
        {
            var vector = vectors.AsSpan(k * q, q);
            var form = 0.0;
            for (var i = 0; i < q; i++)
            {
                for (var j = 0; j < q; j++)
                {
                    form += vector[i] * vector[j] * derivative[(i * q) + j];
                }
            }

            (best, slope) = form < slope ? (k, form) : (best, slope);
        }

        if (best < 0)
        {
            return;
        }

        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                psi[(i * q) + j] +=
                    (tolerances.VarianceOffBoundary * vectors[(best * q) + i] * vectors[(best * q) + j]) + (i == j ? Definite : 0);
            }
        }

        Cholesky.TryFactor(psi, q, out _, Cholesky.Definite);
        layout.Pack(psi, theta);
    }

    /// <summary>Moves the point towards the boundary until it is better than the boundary.</summary>
    private bool Shrink(double[] from, double[] to, double value)
    {
        for (var halving = 0; halving < 20; halving++)
        {
            if (likelihood.Evaluate(to, []) < value - tolerances.BoundaryRise)
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
