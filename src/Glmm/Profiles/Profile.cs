using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>The profile of the log-likelihood along one held parameter: each maximization starts from the one before.</summary>
internal sealed class Profile : ProfileCurve
{
    private const int MaximumIterations = 100;

    // Farther ahead, in steps of the solutions before, the line through them says little.
    private const double FarthestAhead = 2;

    private readonly HeldParameter held;
    private readonly GlmmTolerances tolerances;
    private (double Value, double[] Solution) near;
    private (double Value, double[] Solution)? before;
    private double[]? curvature;
    private bool failed;

    /// <summary>Starts at the maximum.</summary>
    /// <param name="held">The parameter.</param>
    /// <param name="tolerances">When a maximization stops.</param>
    /// <param name="budget">What the maximizations may take.</param>
    public Profile(HeldParameter held, GlmmTolerances tolerances, ProfileBudget budget)
    {
        Budget = budget;
        Rise = tolerances.ProfileRise;
        this.held = held;
        this.tolerances = tolerances;
        near = (held.Estimate, held.Solution);
    }

    /// <inheritdoc/>
    public override double Estimate => held.Estimate;

    /// <inheritdoc/>
    protected override bool Failed => failed;

    /// <summary>The values that a likelihood-ratio test does not reject.</summary>
    /// <param name="label">What the parameter is.</param>
    /// <param name="level">The level, in (0, 1).</param>
    public ProfileInterval Interval(string label, double level)
    {
        if (!double.IsFinite(held.Estimate) || !double.IsFinite(held.Error) || Budget.IsEmpty)
        {
            return new ProfileInterval(label, held.Estimate, double.NaN, double.NaN, level) { RanOut = Budget.IsEmpty };
        }

        var cutoff = Coefficient.CriticalValue(level, null);
        var lower = Limit(-cutoff * held.Error, cutoff, held.Lowest);
        var upper = Limit(cutoff * held.Error, cutoff, held.Highest);
        return new ProfileInterval(label, held.Estimate, lower, upper, level)
        {
            LowerIsEdge = lower == held.Lowest,
            UpperIsEdge = upper == held.Highest,
            RanOut = RanOut,
        };
    }

    /// <summary>ℓ̂ − ℓ at the least value, where the parameter leaves the model.</summary>
    public double FallAtLowest() => Fall(held.Lowest);

    /// <inheritdoc/>
    public override double Deviance(double value) => 2 * Fall(value);

    /// <inheritdoc/>
    protected override void Restart()
    {
        held.Restart();
        near = (held.Estimate, held.Solution);
        (before, curvature) = (null, null);
        failed = false;
    }

    // Along the line through the two solutions before, and when that was a bad place to start from, from another.
    private double Fall(double value)
    {
        var best = Climb(held.At(value, Ahead(value)));
        curvature = best.Converged ? best.Curvature : [];
        if (!best.Converged)
        {
            var other = Climb(held.Again(value));
            best = other.Converged || other.Value > best.Value ? other : best;
        }

        before = best.Converged ? near : null;
        near = best.Converged ? (value, best.Solution) : (held.Estimate, held.Solution);
        failed = !best.Converged && !(best.Criterion < tolerances.ProfileSufficient);
        var edges = held.Edges(value, best.Solution).Select(edge => Climb(edge).Value).ToList();
        return held.Top - (edges.Count > 0 ? edges.Max() : best.Value);
    }

    private double[] Ahead(double value)
    {
        if (before is not var (behind, solution) || Math.Abs(value - near.Value) > FarthestAhead * Math.Abs(near.Value - behind))
        {
            return near.Solution;
        }

        var ahead = (double[])near.Solution.Clone();
        var share = (value - near.Value) / (near.Value - behind);
        Dense.AddScaled(share, near.Solution, ahead);
        Dense.AddScaled(-share, solution, ahead);
        return ahead;
    }

    private Summit Climb((AffineRestriction Likelihood, double[] Start) problem)
    {
        problem.Likelihood.Budget = Budget;
        var similar = curvature ?? problem.Likelihood.Restrict(held.Information);
        var maximizer = new NewtonMaximizer(problem.Likelihood, tolerances)
        {
            Similar = similar.Length == problem.Start.Length * problem.Start.Length ? similar : [],
        };
        var convergence = maximizer.Climb(problem.Start, MaximumIterations, tolerances.ProfileDistance);
        return new Summit(
            maximizer.Value,
            (double[])problem.Likelihood.Expand(maximizer.Parameters).Clone(),
            maximizer.Curvature.ToArray(),
            convergence.Converged,
            convergence.Criterion);
    }

    private readonly record struct Summit(double Value, double[] Solution, double[] Curvature, bool Converged, double Criterion);
}
