using System.Globalization;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Optimization;

/// <summary>
/// Newton's method up a smooth function: the diagonal raised until the information is positive definite, steps halved until they gain.
/// </summary>
/// <remarks>
/// The step is H⁻¹g with H the information, −∂²f, and the criterion √(gᵀH⁻¹g), for a log-likelihood the distance to the maximum in standard
/// errors (Nocedal and Wright 2006, chapter 3). Where H comes from is the function's affair: see <see cref="RefreshInformation"/>.
/// </remarks>
public abstract class NewtonClimb
{
    /// <summary>Up to so many parameters, what is worked with between two steps stands on the stack.</summary>
    private const int MostOnStack = 16;

    private readonly ClimbRules rules;
    /// <summary>Allocates what the iterations need.</summary>
    /// <param name="count">m, the number of parameters.</param>
    /// <param name="rules">Which steps are taken.</param>
    protected NewtonClimb(int count, ClimbRules rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        this.rules = rules;
        Count = count;
        Parameters = new double[count];
        Gradient = new double[count];
        NextGradient = new double[count];
        Step = new double[count];
        Information = new double[count * count];
        NextInformation = new double[count * count];
    }

    /// <summary>m, the number of parameters.</summary>
    public int Count { get; }

    /// <summary>The best parameters so far.</summary>
    public double[] Parameters { get; }

    /// <summary>f there.</summary>
    public double Value { get; private set; }

    /// <summary>The gradient there.</summary>
    protected double[] Gradient { get; }

    /// <summary>The information in force, m×m.</summary>
    protected double[] Information { get; }

    /// <summary>The gradient where the function was evaluated last on a step.</summary>
    protected double[] NextGradient { get; }

    /// <summary>The information where the function was evaluated last on a step.</summary>
    protected double[] NextInformation { get; }

    /// <summary>H⁻¹g, the step before it is shortened.</summary>
    protected double[] Step { get; }

    /// <summary>Climbs from a starting point.</summary>
    /// <param name="start">m numbers.</param>
    /// <param name="maximumIterations">The cap on steps.</param>
    /// <param name="tolerance">On √(gᵀH⁻¹g); where no step gains, its root still counts as converged.</param>
    public Convergence Climb(ReadOnlySpan<double> start, int maximumIterations, double tolerance)
    {
        start.CopyTo(Parameters);
        Begin();
        Value = Evaluate(Parameters, Gradient, Information);
        if (!double.IsFinite(Value))
        {
            return new Convergence(
                ConvergenceStatus.NotFinite,
                0,
                double.NaN,
                tolerance,
                "The log-likelihood is not finite at the starting values.");
        }

        var reached = double.NegativeInfinity;
        var idle = 0;
        for (var iteration = 0; ; iteration++)
        {
            RefreshInformation();
            var criterion = Solve(out var regular);
            if (criterion <= tolerance && (regular || !rules.RequiresRegular))
            {
                return new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance);
            }

            if (iteration == maximumIterations)
            {
                return new Convergence(
                    ConvergenceStatus.IterationLimit,
                    iteration,
                    criterion,
                    tolerance,
                    "The cap on iterations was reached before the scaled gradient was small enough.");
            }

            if (Reconsiders(criterion))
            {
                continue;
            }

            if (iteration >= rules.Patience && IsBeyondReach(reached, maximumIterations - iteration))
            {
                return new Convergence(
                    ConvergenceStatus.StepFailure,
                    iteration,
                    criterion,
                    tolerance,
                    $"The log-likelihood, {Value.ToString("G3", CultureInfo.InvariantCulture)}, is so far from zero that rounding hides "
                        + "a maximum, and rises too slowly to come near: look at offsets and units.");
            }

            if (RunsAway(iteration) is { } runaway)
            {
                return new Convergence(ConvergenceStatus.StepFailure, iteration, criterion, tolerance, runaway);
            }

            reached = Value;
            var moved = Move(criterion);
            idle = moved && Value - reached <= rules.Loss * (rules.LossFloor + Math.Abs(Value)) ? idle + 1 : 0;
            if (!moved && Renews())
            {
                continue;
            }

            if (!moved || idle > rules.Patience)
            {
                Restore();
                return criterion <= Math.Sqrt(tolerance)
                    ? new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance)
                    : new Convergence(
                        ConvergenceStatus.StepFailure,
                        iteration,
                        criterion,
                        tolerance,
                        "No step raised the log-likelihood further, and its scaled gradient is not small.");
            }
        }
    }

    /// <summary>f and its gradient; the information too where it comes with them.</summary>
    /// <param name="point">m numbers.</param>
    /// <param name="gradient">Receives m numbers.</param>
    /// <param name="information">Receives m×m numbers, or nothing when <see cref="RefreshInformation"/> finds them.</param>
    protected abstract double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information);

    /// <summary>Told before the first evaluation of a climb.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>
    /// Brings <see cref="Information"/> up to date at the parameters before a step; does nothing where evaluations bring it.
    /// </summary>
    protected virtual void RefreshInformation()
    {
    }

    /// <summary>Whether the step just solved for is thrown away to find the information otherwise.</summary>
    /// <param name="criterion">√(gᵀH⁻¹g).</param>
    protected virtual bool Reconsiders(double criterion) => false;

    /// <summary>Takes over the information of a step that is kept, before the parameters and the gradient move.</summary>
    /// <param name="length">The share of <see cref="Step"/> that was gone.</param>
    protected virtual void Accept(double length) => NextInformation.CopyTo(Information, 0);

    /// <summary>A sentence when a parameter has gone where there is no maximum; null, the default, while there may be one.</summary>
    /// <param name="iteration">The steps made.</param>
    protected virtual string? RunsAway(int iteration) => null;

    /// <summary>
    /// Whether, where no step gained, the information is found anew and the climb goes on; false, the default, when it is the best there
    /// is.
    /// </summary>
    protected virtual bool Renews() => false;

    /// <summary>Told that no step was kept: the last evaluation was not at the parameters.</summary>
    protected virtual void Restore()
    {
    }

    /// <summary>
    /// Whether rounding moves the function by more than one, and the steps left, each as good as the last, do not mend that.
    /// </summary>
    private bool IsBeyondReach(double previous, int steps)
    {
        var excess = Math.Log(rules.Loss * Math.Abs(Value));
        return excess > 0 && !(excess < steps * Math.Log(Math.Abs(previous / Value)));
    }

    // Solves for the Newton step; returns √(gᵀH⁻¹g).
    private double Solve(out bool regular)
    {
        Span<double> factor = Count <= MostOnStack ? stackalloc double[Count * Count] : new double[Count * Count];
        regular = Cholesky.FactorRaised(Information, Count, rules.Raising, factor) == 0;
        Gradient.CopyTo(Step, 0);
        Cholesky.Solve(factor, Count, Step);
        return Math.Sqrt(Math.Max(0, Dense.Dot(Gradient, Step)));
    }

    private bool Move(double criterion)
    {
        Span<double> next = Count <= MostOnStack ? stackalloc double[Count] : new double[Count];
        var longest = 0.0;
        foreach (var change in Step)
        {
            longest = Math.Max(longest, Math.Abs(change));
        }

        var length = Math.Min(1, rules.LongestStep / longest);
        var loss = rules.Loss * (rules.LossFloor + Math.Abs(Value));
        for (var halving = 0; halving < rules.MaximumHalvings; halving++, length *= 0.5)
        {
            for (var j = 0; j < Count; j++)
            {
                next[j] = Parameters[j] + (length * Step[j]);
            }

            var value = Evaluate(next, NextGradient, NextInformation);
            if (value >= Value + (rules.Gain * length * criterion * criterion) - loss)
            {
                Accept(length);
                next.CopyTo(Parameters);
                NextGradient.CopyTo(Gradient, 0);
                Value = value;
                return true;
            }
        }

        return false;
    }
}
