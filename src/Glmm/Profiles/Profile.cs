using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>The profile of the log-likelihood along one parameter: everything else is maximized at each of its values.</summary>
/// <remarks>The signed root ±√(2(ℓ̂ − ℓ)) is nearly linear in the parameter, so few maximizations find where it reaches a quantile of the normal.</remarks>
internal sealed class Profile
{
    private const int MaximumIterations = 100;
    private const double Tolerance = 1e-6;

    // A scaled gradient of this size leaves the log-likelihood right to 1e−6, enough for a limit.
    private const double Sufficient = 1e-3;

    private readonly HeldParameter held;
    private double[] near;
    private bool failed;

    /// <summary>Starts at the maximum.</summary>
    public Profile(HeldParameter held)
    {
        this.held = held;
        near = held.Solution;
    }

    /// <summary>The values that a likelihood-ratio test does not reject.</summary>
    /// <param name="level">The level, in (0, 1).</param>
    public ProfileInterval Interval(double level)
    {
        var cutoff = Coefficient.CriticalValue(level, null);
        var lower = Limit(-1, held.Lowest, cutoff);
        var upper = Limit(1, held.Highest, cutoff);
        return new ProfileInterval(lower, upper) { LowerIsEdge = lower == held.Lowest, UpperIsEdge = upper == held.Highest };
    }

    /// <summary>±√(2(ℓ̂ − ℓ)) with the parameter held at a value, negative below the estimate.</summary>
    public double Root(double value) => Math.Sign(value - held.Estimate) * Math.Sqrt(Math.Max(0, 2 * Fall(value)));

    /// <summary>ℓ̂ − ℓ at the least value, where the parameter leaves the model.</summary>
    public double FallAtLowest() => Fall(held.Lowest);

    private double Limit(int side, double edge, double cutoff)
    {
        if (held.Estimate == edge)
        {
            return edge;
        }

        near = held.Solution;
        failed = false;
        var limit = SignedRoot.Solve(Root, held.Estimate, side * cutoff * held.Error, cutoff, edge);
        return failed ? double.NaN : limit;
    }

    // From the solution before, and when that was a bad place to start from, from another.
    private double Fall(double value)
    {
        var best = Climb(held.At(value, near));
        if (!best.Converged)
        {
            var other = Climb(held.Again(value));
            best = other.Converged || other.Value > best.Value ? other : best;
        }

        near = best.Converged ? best.Solution : held.Solution;
        failed = !best.Converged && !(best.Criterion < Sufficient);
        var edges = held.Edges(value, best.Solution).Select(edge => Climb(edge).Value).ToList();
        return held.Top - (edges.Count > 0 ? edges.Max() : best.Value);
    }

    private static Summit Climb((AffineRestriction Likelihood, double[] Start) problem)
    {
        var maximizer = new NewtonMaximizer(problem.Likelihood);
        var convergence = maximizer.Climb(problem.Start, MaximumIterations, Tolerance);
        return new Summit(maximizer.Value, (double[])problem.Likelihood.Expand(maximizer.Parameters).Clone(), convergence.Converged, convergence.Criterion);
    }

    private readonly record struct Summit(double Value, double[] Solution, bool Converged, double Criterion);
}
