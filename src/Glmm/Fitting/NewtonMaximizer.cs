using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// Newton's method on a marginal log-likelihood: Louis' information while it
/// serves, else differences of the exact gradient, kept up by BFGS updates.
/// </summary>
internal sealed class NewtonMaximizer : NewtonClimb
{
    private readonly MarginalLikelihood likelihood;
    private readonly GlmmTolerances tolerances;
    private readonly double[] steps;
    private readonly double[] differencedAt;
    private bool differences;
    private bool stale;
    private bool similar;
    private bool lasting;
    private bool blurred;
    private int spent;
    private int updated;
    private int slow;
    private double last;

    /// <summary>Allocates what the iterations need.</summary>
    /// <param name="likelihood">What is climbed.</param>
    /// <param name="tolerances">When the curvature is no longer trusted, and the steps.</param>
    public NewtonMaximizer(MarginalLikelihood likelihood, GlmmTolerances tolerances)
        : base(
            likelihood.ParameterCount,
            new ClimbRules { LongestStep = tolerances.LongestStep, Gain = tolerances.Gain, Loss = tolerances.Loss })
    {
        this.likelihood = likelihood;
        this.tolerances = tolerances;
        steps = new double[Count];
        differencedAt = new double[Count];
        Array.Fill(differencedAt, double.NaN);
    }

    /// <summary>
    /// An information of a similar function near its maximum, m×m: serves until a step leaves much of the distance, and saves
    /// differences. Empty, the default, for none.
    /// </summary>
    public double[] Similar { get; init; } = [];

    /// <summary>
    /// Where the covariance parameters stand, and whether a dispersion whose fall to zero has no end is the last parameter; none by
    /// default.
    /// </summary>
    public (int First, int Count, bool Dispersion) Watched { get; init; }

    /// <summary>The information of the last iteration, m×m.</summary>
    public ReadOnlySpan<double> Curvature => Information;

    /// <summary>Makes <see cref="Curvature"/> that of differences of the exact gradient at the solution.</summary>
    public void FinishInformation()
    {
        var distance = 0.0;
        for (var j = 0; j < Count; j++)
        {
            distance = Math.Max(distance, Math.Abs(Parameters[j] - differencedAt[j]) * Math.Sqrt(Math.Abs(Information[(j * Count) + j])));
        }

        if (blurred || !(distance < tolerances.SamePlace))
        {
            Difference();
        }
    }

    /// <inheritdoc/>
    protected override void Begin()
    {
        differences = !likelihood.HasInformation;
        last = double.PositiveInfinity;
        stale = true;
        slow = 0;
        (lasting, spent, updated) = (false, 0, 0);
        similar = Similar.Length > 0;
    }

    /// <inheritdoc/>
    protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information) =>
        likelihood.Evaluate(point, differences ? EvaluationNeeds.Gradient : EvaluationNeeds.Information, gradient, information);

    /// <inheritdoc/>
    protected override void RefreshInformation()
    {
        if (differences && stale)
        {
            if (similar)
            {
                Similar.CopyTo(Information, 0);
            }
            else if (spent <= tolerances.DifferencedGradients || updated >= Count)
            {
                Difference();
                (lasting, spent, updated) = (false, spent + Count, 0);
            }
            else
            {
                lasting = true;
            }
        }

        similar = false;
    }

    /// <inheritdoc/>
    protected override bool Reconsiders(double criterion)
    {
        slow = criterion > tolerances.SlowRatio * last ? slow + 1 : 0;
        if (!differences && slow > 0 && (criterion < tolerances.Near || slow >= tolerances.Patience))
        {
            differences = true;
            stale = true;
            last = double.PositiveInfinity;
            return true;
        }

        stale = !(criterion < tolerances.KeepRatio * last);
        last = criterion;
        return false;
    }

    /// <inheritdoc/>
    protected override string? RunsAway(int iteration)
    {
        if (iteration < tolerances.RunawaySteps)
        {
            return null;
        }

        if (Watched.Dispersion && Parameters[^1] < Math.Log(tolerances.NoDispersion))
        {
            return "The data are fitted exactly: the dispersion falls to zero, and the likelihood rises for ever.";
        }

        foreach (var entry in Parameters.AsSpan(Watched.First, Watched.Count))
        {
            if (Math.Abs(entry) > tolerances.UnboundedDeviation)
            {
                return "A variance of the random effects grows without bound.";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    protected override bool Renews()
    {
        updated = Count;
        return lasting;
    }

    /// <inheritdoc/>
    protected override void Accept(double length)
    {
        if (differences)
        {
            updated++;
            Update(length);
        }
        else
        {
            base.Accept(length);
        }
    }

    private void Difference()
    {
        SetDifferenceSteps();
        likelihood.DifferenceInformation(Parameters, Gradient, steps, Information);
        Parameters.CopyTo(differencedAt, 0);
        blurred = false;
    }

    // Steps of a small share of a standard error: the gradient carries enough
    // digits that one-sided differences leave the same share as error.
    private void SetDifferenceSteps()
    {
        for (var j = 0; j < Count; j++)
        {
            var curvature = Math.Abs(Information[(j * Count) + j]);
            steps[j] = Math.Clamp(tolerances.DifferenceStep / Math.Sqrt(Math.Max(curvature, 1e-300)), 1e-9, 1e-3);
        }
    }

    // The BFGS update of the information by the last step: one gradient instead of 2m. A step shorter than those of differences tells
    // rounding from curvature less well than they do, which only the way to the maximum can bear.
    private void Update(double length)
    {
        double slope = 0, curvature = 0;
        for (var j = 0; j < Count; j++)
        {
            Step[j] *= length;
            slope += Step[j] * (Gradient[j] - NextGradient[j]);
        }

        Dense.Multiply(Information, Step, steps);
        curvature = Dense.Dot(Step, steps);
        if (!(slope > 1e-8 * curvature) || !(curvature > 0))
        {
            return;
        }

        blurred |= curvature < tolerances.SamePlace * tolerances.SamePlace;
        for (var j = 0; j < Count; j++)
        {
            var change = Gradient[j] - NextGradient[j];
            for (var l = 0; l < Count; l++)
            {
                Information[(j * Count) + l] += (change * (Gradient[l] - NextGradient[l]) / slope) - (steps[j] * steps[l] / curvature);
            }
        }
    }
}
