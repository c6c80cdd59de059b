using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Optimization;

/// <summary>
/// Minimizes a smooth function: BFGS from a differenced (or given) Hessian, found anew when it is old, with step-halving.
/// </summary>
/// <remarks>
/// Nocedal &amp; Wright (2006), chapter 6. The criterion is gᵀB⁻¹g, which does not depend on the arguments' scale. The likelihoods by
/// quadrature have a maximizer of their own (<c>NewtonMaximizer</c>): their evaluations give information nearly for nothing and keep
/// modes warm between points, while these are cheap, have a gradient alone, and are also minimized under constraints.
/// </remarks>
public sealed class QuasiNewton
{
    private readonly IObjective objective;
    private readonly QuasiNewtonControl control;
    private readonly double[] hessian;
    private readonly double[] direction;
    private bool hessianIsFresh;
    private int age, spent;
    private double shift;

    /// <summary>Prepares a minimization.</summary>
    /// <param name="objective">The function.</param>
    /// <param name="control">Its thresholds.</param>
    public QuasiNewton(IObjective objective, QuasiNewtonControl control)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(control);
        this.objective = objective;
        this.control = control;
        var k = objective.Parameters;
        hessian = new double[k * k];
        direction = new double[k];
    }

    /// <summary>The current approximation of the Hessian, k×k.</summary>
    public ReadOnlySpan<double> Hessian => hessian;

    /// <summary>
    /// A Hessian of a similar function near its minimum: saves the differencing of the function's own. Empty, the default, for none.
    /// </summary>
    public double[] SimilarHessian { get; init; } = [];

    /// <summary>
    /// Whether the Hessian may be found anew: it was cheap so far, or it has served for as many steps as it takes gradients.
    /// </summary>
    private bool MayRenew => spent <= control.DifferencedGradients || age >= objective.Parameters;

    /// <summary>Minimizes from a start.</summary>
    public OptimizerResult Minimize(double[] start)
    {
        var k = objective.Parameters;
        spent = 0;
        double[] theta = [.. start], gradient = new double[k];
        var value = objective.Evaluate(theta, gradient);
        if (k == 0 || !double.IsFinite(value))
        {
            var status = double.IsFinite(value) ? ConvergenceStatus.Converged : ConvergenceStatus.NotFinite;
            return new OptimizerResult(theta, value, gradient, status, 0, 0);
        }

        if (SimilarHessian.Length > 0)
        {
            SimilarHessian.CopyTo(hessian, 0);
            hessianIsFresh = false;
        }
        else
        {
            SetHessian(theta, gradient);
        }

        double[] candidate = new double[k], candidateGradient = new double[k];
        var criterion = double.PositiveInfinity;
        for (var iteration = 1; iteration <= control.MaximumIterations; iteration++)
        {
            if (age >= Math.Max(control.RenewalInterval, k))
            {
                SetHessian(theta, gradient);
            }

            criterion = Direction(theta, gradient);
            if (criterion < control.Tolerance && !hessianIsFresh && k <= control.ExactHessianLimit && !IsConfirmed(gradient))
            {
                SetHessian(theta, gradient);
                criterion = Direction(theta, gradient);
            }

            if (criterion < control.Tolerance)
            {
                return new OptimizerResult(theta, value, gradient, ConvergenceStatus.Converged, iteration - 1, criterion);
            }

            var next = Search(theta, value, gradient, candidate, candidateGradient);
            if (double.IsNaN(next))
            {
                if (!hessianIsFresh && MayRenew)
                {
                    SetHessian(theta, gradient);
                    continue;
                }

                var status = criterion < Math.Sqrt(control.Tolerance) ? ConvergenceStatus.Converged : ConvergenceStatus.StepFailure;
                return new OptimizerResult(theta, value, gradient, status, iteration, criterion);
            }

            Update(theta, gradient, candidate, candidateGradient);
            value = next;
            candidate.CopyTo(theta, 0);
            candidateGradient.CopyTo(gradient, 0);
        }

        return new OptimizerResult(theta, value, gradient, ConvergenceStatus.IterationLimit, control.MaximumIterations, criterion);
    }

    /// <summary>Whether the Hessian of the similar function, too, promises no decrease: it was differenced, and needs no other.</summary>
    private bool IsConfirmed(ReadOnlySpan<double> gradient)
    {
        var factor = (double[])SimilarHessian.Clone();
        var step = gradient.ToArray();
        if (factor.Length == 0 || !Cholesky.TryFactor(factor, step.Length, out _, Cholesky.Definite))
        {
            return false;
        }

        Cholesky.Solve(factor, step.Length, step);
        return Dense.Dot(step, gradient) < control.Tolerance;
    }

    /// <summary>Solves for the step; returns the decrease it promises, gᵀB⁻¹g.</summary>
    private double Direction(ReadOnlySpan<double> theta, ReadOnlySpan<double> gradient)
    {
        var k = theta.Length;
        var matrix = new double[k * k];
        for (var i = 0; i < k; i++)
        {
            direction[i] = -gradient[i];
        }

        shift = Cholesky.FactorRaised(hessian, k, RaisingSchedule.Proportional, matrix);
        if (!double.IsNaN(shift))
        {
            Cholesky.Solve(matrix, k, direction);
            return -Dense.Dot(direction, gradient);
        }

        // Nothing is known of the curvature: a step down the gradient, of length one at most.
        var size = Math.Max(1, Math.Sqrt(Dense.Dot(gradient, gradient)));
        for (var i = 0; i < k; i++)
        {
            direction[i] = -gradient[i] / size;
        }

        return -Dense.Dot(direction, gradient);
    }

    /// <summary>Halves the step until the function falls enough; NaN when it never does before the step is lost in rounding.</summary>
    private double Search(
        ReadOnlySpan<double> theta,
        double value,
        ReadOnlySpan<double> gradient,
        double[] candidate,
        double[] candidateGradient)
    {
        var noise = control.Noise * Math.Abs(value);
        var length = 1.0;
        for (var halving = 0; halving < control.MaximumHalvings; halving++, length *= 0.5)
        {
            var (slope, moves) = (0.0, false);
            for (var i = 0; i < candidate.Length; i++)
            {
                candidate[i] = theta[i] + (length * direction[i]);
                slope += gradient[i] * (candidate[i] - theta[i]);
                moves |= candidate[i] != theta[i];
            }

            if (!moves)
            {
                return double.NaN;
            }

            var next = objective.Evaluate(candidate, candidateGradient);
            if (next <= value + (control.SufficientDecrease * Math.Min(slope, 0)) + noise)
            {
                return next;
            }
        }

        return double.NaN;
    }

    private void Update(
        ReadOnlySpan<double> theta,
        ReadOnlySpan<double> gradient,
        ReadOnlySpan<double> next,
        ReadOnlySpan<double> nextGradient)
    {
        var k = theta.Length;
        var s = new double[k];
        var y = new double[k];
        var bs = new double[k];
        for (var i = 0; i < k; i++)
        {
            s[i] = next[i] - theta[i];
            y[i] = nextGradient[i] - gradient[i];
        }

        Dense.Multiply(hessian, s, k, k, 1, bs);
        var curvature = Dense.Dot(s, y);
        var expected = Dense.Dot(s, bs);
        if (!(expected > 0) && MayRenew)
        {
            SetHessian(next, nextGradient);
            return;
        }

        if (!(expected > 0))
        {
            Raise();
            Dense.Multiply(hessian, s, k, k, 1, bs);
            expected = Dense.Dot(s, bs);
        }

        if (curvature < 0.2 * expected)
        {
            // Powell's damping keeps the matrix positive definite.
            var weight = 0.8 * expected / (expected - curvature);
            for (var i = 0; i < k; i++)
            {
                y[i] = (weight * y[i]) + ((1 - weight) * bs[i]);
            }

            curvature = Dense.Dot(s, y);
        }

        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                hessian[(i * k) + j] += (y[i] * y[j] / curvature) - (bs[i] * bs[j] / expected);
            }
        }

        hessianIsFresh = false;
        age++;
    }

    /// <summary>Makes the Hessian the one that the last direction came from, which is positive definite.</summary>
    private void Raise()
    {
        var k = objective.Parameters;
        if (double.IsNaN(shift))
        {
            Array.Clear(hessian);
        }

        for (var i = 0; i < k; i++)
        {
            ref var own = ref hessian[i * (k + 1)];
            own += double.IsNaN(shift) ? 1 : RaisingSchedule.Proportional.Amount(shift, own);
        }
    }

    private void SetHessian(ReadOnlySpan<double> theta, ReadOnlySpan<double> gradient)
    {
        hessianIsFresh = true;
        age = 0;
        if (objective.TryFillHessian(theta, hessian))
        {
            return;
        }

        var k = theta.Length;
        spent += k;
        var shifted = theta.ToArray();
        var shiftedGradient = new double[k];
        for (var i = 0; i < k; i++)
        {
            var step = control.DifferenceStep * Math.Max(Math.Abs(theta[i]), 1);
            shifted[i] = theta[i] + step;
            objective.Evaluate(shifted, shiftedGradient);
            shifted[i] = theta[i];
            for (var j = 0; j < k; j++)
            {
                hessian[(i * k) + j] = (shiftedGradient[j] - gradient[j]) / step;
            }
        }

        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mean = (hessian[(i * k) + j] + hessian[(j * k) + i]) / 2;
                hessian[(i * k) + j] = mean;
                hessian[(j * k) + i] = mean;
            }
        }
    }
}
