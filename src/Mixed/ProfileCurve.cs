namespace MarginalConditional.Mixed;

/// <summary>
/// The deviance 2(ℓ̂ − ℓ) along one parameter, everything else maximized at each of its values; finds where it reaches a quantile of χ²(1).
/// </summary>
/// <remarks>
/// The signed root ±√(2(ℓ̂ − ℓ)) is nearly linear in the parameter, so few maximizations find where it reaches a quantile of the normal.
/// </remarks>
public abstract class ProfileCurve
{
    /// <summary>The estimate, in the units in which the parameter is held.</summary>
    public abstract double Estimate { get; }

    /// <summary>2(ℓ̂ − ℓ) with the parameter held at a value; infinite where no parameters have it.</summary>
    /// <param name="value">The value, in the units of the estimate.</param>
    public abstract double Deviance(double value);

    /// <summary>The signed root of the deviance at a value, negative below the estimate; rounding below zero counts as zero.</summary>
    /// <param name="value">The value, in the units of the estimate.</param>
    public double Root(double value) => Math.Sign(value - Estimate) * Math.Sqrt(Math.Max(0, Deviance(value)));

    /// <summary>
    /// Where the signed root reaches the cutoff on one side; the edge itself
    /// where it is not reached before, not a number where a maximization failed.
    /// </summary>
    /// <param name="step">The first step from the estimate; its sign says which side.</param>
    /// <param name="cutoff">The size to reach, a quantile of the normal.</param>
    /// <param name="edge">How far to go at most.</param>
    public double Limit(double step, double cutoff, double edge)
    {
        if (Estimate == edge)
        {
            return edge;
        }

        Restart();
        var limit = SignedRoot.Solve(Root, Estimate, step, cutoff, edge, Precision);
        return Failed ? double.NaN : limit;
    }

    /// <summary>How precisely a limit is found.</summary>
    public double Precision { get; protected init; } = SignedRoot.DefaultPrecision;

    /// <summary>Whether the last maximization found no maximum.</summary>
    protected virtual bool Failed => false;

    /// <summary>Forgets the solutions on the way to another limit, so that no limit depends on one sought before.</summary>
    protected virtual void Restart()
    {
    }
}
