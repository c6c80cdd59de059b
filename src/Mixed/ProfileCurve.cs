namespace MarginalConditional.Mixed;

/// <summary>
/// The deviance 2(ℓ̂ − ℓ) along one parameter, everything else maximized at each of its values; finds where it reaches a quantile of χ²(1).
/// </summary>
/// <remarks>
/// The signed root ±√(2(ℓ̂ − ℓ)) is nearly linear in the parameter, so few maximizations find where it reaches a quantile of the normal.
/// </remarks>
public abstract class ProfileCurve
{
    /// <summary>
    /// The deviance below zero that shows a maximum higher than the fit's; it moves a limit of 95% by 0.3% of a standard error.
    /// </summary>
    public const double DefaultRise = 0.01;

    /// <summary>The estimate, in the units in which the parameter is held.</summary>
    public abstract double Estimate { get; }

    /// <summary>2(ℓ̂ − ℓ) with the parameter held at a value; infinite where no parameters have it.</summary>
    /// <param name="value">The value, in the units of the estimate.</param>
    public abstract double Deviance(double value);

    /// <summary>
    /// The signed root of the deviance at a value, negative below the estimate; rounding below zero counts as zero, and what is farther
    /// below ends all searches of the budget.
    /// </summary>
    /// <param name="value">The value, in the units of the estimate.</param>
    /// <returns>The root; not a number when the budget was spent on the way.</returns>
    public double Root(double value)
    {
        var deviance = Deviance(value);
        if (deviance < -Rise)
        {
            Budget.Overtake();
        }

        return Budget.IsSpent ? double.NaN : (value < Estimate ? -1 : value > Estimate ? 1 : 0) * Math.Sqrt(Math.Max(0, deviance));
    }

    /// <summary>The signed root at a value; not a number where the maximization there found no maximum as well.</summary>
    /// <param name="value">The value, in the units of the estimate.</param>
    internal double Followed(double value)
    {
        var root = Root(value);
        return Failed ? double.NaN : root;
    }

    /// <summary>
    /// Where the signed root reaches the cutoff on one side; the edge itself
    /// where it is not reached before, not a number where a maximization failed or the evaluations allowed did not suffice.
    /// </summary>
    /// <param name="step">The first step from the estimate; its sign says which side.</param>
    /// <param name="cutoff">The size to reach, a quantile of the normal.</param>
    /// <param name="edge">How far to go at most.</param>
    public double Limit(double step, double cutoff, double edge) => Limit(Estimate, step, cutoff, edge);

    /// <summary>The same from another place than the estimate, where the signed root is 0 as well.</summary>
    /// <param name="start">The place.</param>
    /// <param name="step">The first step from there; its sign says which side.</param>
    /// <param name="cutoff">The size to reach, a quantile of the normal.</param>
    /// <param name="edge">How far to go at most.</param>
    public double Limit(double start, double step, double cutoff, double edge)
    {
        if (start == edge)
        {
            return edge;
        }

        Begin();
        var limit = SignedRoot.Solve(Root, start, step, cutoff, edge, Precision);
        RanOut |= Budget.IsSpent;
        return Failed ? double.NaN : limit;
    }

    /// <summary>What the searches may take. Default: as much as they need.</summary>
    public ProfileBudget Budget { get; init; } = ProfileBudget.Unbounded();

    /// <summary>Whether a limit was not found because the evaluations allowed did not suffice.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Begins the search for a limit, with a budget of its own and nothing known of others.</summary>
    public void Begin()
    {
        Budget.Begin();
        Restart();
    }

    /// <summary>How precisely a limit is found.</summary>
    public double Precision { get; protected init; } = SignedRoot.DefaultPrecision;

    /// <summary>How far below zero a deviance may be before the fit is not at its maximum.</summary>
    public double Rise { get; protected init; } = DefaultRise;

    /// <summary>Whether the last maximization found no maximum.</summary>
    protected virtual bool Failed => false;

    /// <summary>Forgets the solutions on the way to another limit, so that no limit depends on one sought before.</summary>
    protected virtual void Restart()
    {
    }
}
