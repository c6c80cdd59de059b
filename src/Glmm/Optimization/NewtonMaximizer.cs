using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Optimization;

/// <summary>Newton's method on a marginal log-likelihood: Louis' information while it serves, else differences of the exact gradient; step-halving on ℓ.</summary>
internal sealed class NewtonMaximizer
{
    // When a full step leaves more than this share of the distance, the curvature was not good enough.
    private const double SlowRatio = 0.1;
    private const double DifferenceStep = 2e-4;
    private const int MaximumHalvings = 30;

    // The longest step in any scaled parameter: beyond it the quadratic model is not to be believed.
    private const double LongestStep = 3;

    private readonly MarginalLikelihood likelihood;
    private readonly int m;
    private readonly double[] gradient;
    private readonly double[] nextGradient;
    private readonly double[] information;
    private readonly double[] nextInformation;
    private readonly double[] factor;
    private readonly double[] step;
    private readonly double[] next;
    private readonly double[] steps;

    /// <summary>Allocates what the iterations need.</summary>
    public NewtonMaximizer(MarginalLikelihood likelihood)
    {
        this.likelihood = likelihood;
        m = likelihood.ParameterCount;
        gradient = new double[m];
        nextGradient = new double[m];
        information = new double[m * m];
        nextInformation = new double[m * m];
        factor = new double[m * m];
        step = new double[m];
        next = new double[m];
        steps = new double[m];
        Parameters = new double[m];
    }

    /// <summary>The best parameters so far.</summary>
    public double[] Parameters { get; }

    /// <summary>ℓ there.</summary>
    public double Value { get; private set; }

    /// <summary>The gradient there.</summary>
    public ReadOnlySpan<double> Gradient => gradient;

    /// <summary>The information of the last iteration, m×m.</summary>
    public ReadOnlySpan<double> Information => information;

    /// <summary>Climbs from a starting point.</summary>
    /// <param name="start">m numbers.</param>
    /// <param name="maximumIterations">The cap.</param>
    /// <param name="tolerance">On √(gᵀH⁻¹g).</param>
    public Convergence Climb(ReadOnlySpan<double> start, int maximumIterations, double tolerance)
    {
        start.CopyTo(Parameters);
        var differences = !likelihood.HasInformation;
        Value = likelihood.Evaluate(Parameters, differences ? EvaluationNeeds.Gradient : EvaluationNeeds.Information, gradient, information);
        if (!double.IsFinite(Value))
        {
            return new Convergence(ConvergenceStatus.NotFinite, 0, double.NaN, tolerance, "The log-likelihood is not finite at the starting values.");
        }

        var last = double.PositiveInfinity;
        var criterion = double.PositiveInfinity;
        for (var iteration = 0; ; iteration++)
        {
            if (differences)
            {
                SetDifferenceSteps();
                likelihood.DifferenceInformation(Parameters, steps, information);
            }

            criterion = SolveStep(out var regular);
            if (criterion <= tolerance && regular)
            {
                return new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance);
            }

            if (iteration == maximumIterations)
            {
                return new Convergence(ConvergenceStatus.IterationLimit, iteration, criterion, tolerance, "The cap on iterations was reached before the scaled gradient was small enough.");
            }

            if (!differences && criterion > SlowRatio * last)
            {
                differences = criterion < 1;
                if (differences)
                {
                    last = double.PositiveInfinity;
                    continue;
                }
            }

            last = criterion;
            if (!Move(criterion, differences))
            {
                return criterion <= Math.Sqrt(tolerance)
                    ? new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance)
                    : new Convergence(ConvergenceStatus.StepFailure, iteration, criterion, tolerance, "No step raised the log-likelihood further, and its scaled gradient is not small.");
            }
        }
    }

    /// <summary>Replaces <see cref="Information"/> by central differences of the exact gradient at the solution.</summary>
    public void FinishInformation()
    {
        SetDifferenceSteps();
        likelihood.DifferenceInformation(Parameters, steps, information);
    }

    // Steps of a small share of a standard error: far above the noise of the gradient, far below its curvature.
    private void SetDifferenceSteps()
    {
        for (var j = 0; j < m; j++)
        {
            var curvature = Math.Abs(information[(j * m) + j]);
            steps[j] = Math.Clamp(DifferenceStep / Math.Sqrt(Math.Max(curvature, 1e-300)), 1e-7, 1e-3);
        }
    }

    // Solves for the Newton step, raising the diagonal until the matrix is positive definite; returns √(gᵀH⁻¹g).
    private double SolveStep(out bool regular)
    {
        information.CopyTo(factor, 0);
        regular = Cholesky.TryFactor(factor, m, out _);
        for (var shift = 1e-4; !regular && shift < 1e12; shift *= 10)
        {
            information.CopyTo(factor, 0);
            for (var j = 0; j < m; j++)
            {
                factor[(j * m) + j] += shift * (1 + Math.Abs(information[(j * m) + j]));
            }

            if (Cholesky.TryFactor(factor, m, out _))
            {
                break;
            }
        }

        gradient.CopyTo(step, 0);
        Cholesky.Solve(factor, m, step);
        return Math.Sqrt(Math.Max(0, Dense.Dot(gradient, step)));
    }

    private bool Move(double criterion, bool differences)
    {
        var longest = 0.0;
        foreach (var change in step)
        {
            longest = Math.Max(longest, Math.Abs(change));
        }

        var length = Math.Min(1, LongestStep / longest);
        var needs = differences ? EvaluationNeeds.Gradient : EvaluationNeeds.Information;
        var noise = 1e-13 * (1 + Math.Abs(Value));
        for (var halving = 0; halving < MaximumHalvings; halving++, length *= 0.5)
        {
            for (var j = 0; j < m; j++)
            {
                next[j] = Parameters[j] + (length * step[j]);
            }

            var value = likelihood.Evaluate(next, needs, nextGradient, nextInformation);
            if (value >= Value + (1e-4 * length * criterion * criterion) - noise)
            {
                next.CopyTo(Parameters, 0);
                nextGradient.CopyTo(gradient, 0);
                if (!differences)
                {
                    nextInformation.CopyTo(information, 0);
                }

                Value = value;
                return true;
            }
        }

        return false;
    }
}
