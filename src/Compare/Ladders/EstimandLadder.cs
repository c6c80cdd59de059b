namespace MarginalConditional.Compare.Ladders;

/// <summary>
/// A chain of estimands of one trial, each step of it with its size and cause, and what other estimators say of its rungs. Immutable.
/// </summary>
/// <param name="Rungs">By question, scale and weighting, from conditional to unconditional.</param>
/// <param name="Steps">Between rungs that follow each other: they add up to the whole gap.</param>
/// <param name="Sides">Other estimators of the same rungs.</param>
public sealed record EstimandLadder(IReadOnlyList<LadderRung> Rungs, IReadOnlyList<LadderStep> Steps, IReadOnlyList<LadderSide> Sides)
{
    /// <summary>A ladder without rungs, for a trial of which none can be computed.</summary>
    public static EstimandLadder Empty { get; } = new([], [], []);

    /// <summary>The rungs, steps and sides of this ladder and then of another.</summary>
    public EstimandLadder And(EstimandLadder other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new EstimandLadder([.. Rungs, .. other.Rungs], [.. Steps, .. other.Steps], [.. Sides, .. other.Sides]);
    }
}
