using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>Newton's method on a marginal log-likelihood: Louis' information while it serves, else differences of the exact gradient; step-halving on ℓ.</summary>
internal sealed class NewtonMaximizer
{
    // When a full step leaves more than this share of the distance, the curvature was not good enough.
    private const double SlowRatio = 0.1;

    // A differenced curvature, kept up by the BFGS update, serves until a step leaves more than this share of the distance.
    private const double KeepRatio = 0.3;
    private const double Near = 0.03;
    private const int Patience = 3;

    // Differences taken this close to the solution, in standard errors, need not be taken again.
    private const double SamePlace = 1e-5;
    private const double DifferenceStep = 1e-5;
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
    private readonly double[] differencedAt;

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
        differencedAt = new double[m];
        Array.Fill(differencedAt, double.NaN);
        Parameters = new double[m];
    }

    /// <summary>The best parameters so far.</summary>
    public double[] Parameters { get; }

    /// <summary>ℓ there.</summary>
    public double Value { get; private set; }

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
        var stale = true;
        var slow = 0;
        for (var iteration = 0; ; iteration++)
        {
            if (differences && stale)
            {
                Difference();
            }

            var criterion = SolveStep(out var regular);
            if (criterion <= tolerance && regular)
            {
                return new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance);
            }

            if (iteration == maximumIterations)
            {
                return new Convergence(ConvergenceStatus.IterationLimit, iteration, criterion, tolerance, "The cap on iterations was reached before the scaled gradient was small enough.");
            }

            slow = criterion > SlowRatio * last ? slow + 1 : 0;
            if (!differences && slow > 0 && (criterion < Near || slow >= Patience))
            {
                differences = true;
                stale = true;
                last = double.PositiveInfinity;
                continue;
            }

            stale = !(criterion < KeepRatio * last);
            last = criterion;
            if (!Move(criterion, differences))
            {
                return criterion <= Math.Sqrt(tolerance)
                    ? new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance)
                    : new Convergence(ConvergenceStatus.StepFailure, iteration, criterion, tolerance, "No step raised the log-likelihood further, and its scaled gradient is not small.");
            }
        }
    }

    /// <summary>Makes <see cref="Information"/> that of differences of the exact gradient at the solution.</summary>
    public void FinishInformation()
    {
        var distance = 0.0;
        for (var j = 0; j < m; j++)
        {
            distance = Math.Max(distance, Math.Abs(Parameters[j] - differencedAt[j]) * Math.Sqrt(Math.Abs(information[(j * m) + j])));
        }

        if (!(distance < SamePlace))
        {
            Difference();
        }
    }

    private void Difference()
    {
        SetDifferenceSteps();
        likelihood.DifferenceInformation(Parameters, gradient, steps, information);
        Parameters.CopyTo(differencedAt, 0);
    }

    // Steps of a small share of a standard error: the gradient carries enough digits that one-sided differences leave the same share as error.
    private void SetDifferenceSteps()
    {
        for (var j = 0; j < m; j++)
        {
            var curvature = Math.Abs(information[(j * m) + j]);
            steps[j] = Math.Clamp(DifferenceStep / Math.Sqrt(Math.Max(curvature, 1e-300)), 1e-9, 1e-3);
        }
    }

    // Solves for the Newton step, raising the diagonal until the matrix is positive definite; returns √(gᵀH⁻¹g).
    private double SolveStep(out bool regular)
    {
        regular = Cholesky.FactorRaised(information, m, RaisingSchedule.Newton, factor) == 0;
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
                if (differences)
                {
                    Update(length);
                }
                else
                {
                    nextInformation.CopyTo(information, 0);
                }

                next.CopyTo(Parameters, 0);
                nextGradient.CopyTo(gradient, 0);
                Value = value;
                return true;
            }
        }

        return false;
    }

    // The BFGS update of the information by the last step: one gradient instead of 2m.
    private void Update(double length)
    {
        double slope = 0, curvature = 0;
        for (var j = 0; j < m; j++)
        {
            step[j] *= length;
            slope += step[j] * (gradient[j] - nextGradient[j]);
        }

        Dense.Multiply(information, step, steps);
        curvature = Dense.Dot(step, steps);
        if (!(slope > 1e-8 * curvature) || !(curvature > 0))
        {
            return;
        }

        for (var j = 0; j < m; j++)
        {
            var change = gradient[j] - nextGradient[j];
            for (var l = 0; l < m; l++)
            {
                information[(j * m) + l] += (change * (gradient[l] - nextGradient[l]) / slope) - (steps[j] * steps[l] / curvature);
            }
        }
    }
}
