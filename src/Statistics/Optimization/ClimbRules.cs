using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Statistics.Optimization;

/// <summary>Which steps a <see cref="NewtonClimb"/> takes. Immutable.</summary>
public sealed record ClimbRules
{
    /// <summary>
    /// How the diagonal of an information that is not positive definite is raised. Default <see cref="RaisingSchedule.Newton"/>.
    /// </summary>
    public RaisingSchedule Raising { get; init; } = RaisingSchedule.Newton;

    /// <summary>The longest step in any parameter: beyond it the quadratic model is not to be believed. Default: any.</summary>
    public double LongestStep { get; init; } = double.PositiveInfinity;

    /// <summary>How often a step is halved before it is given up. Default 30.</summary>
    public int MaximumHalvings { get; init; } = 30;

    /// <summary>The share of what the slope promises that a step has to gain (Armijo). Default 0.</summary>
    public double Gain { get; init; }

    /// <summary>The loss, as a share of |f| + <see cref="LossFloor"/>, that counts as none. Default 1e-13, rounding.</summary>
    public double Loss { get; init; } = 1e-13;

    /// <summary>The size of f below which a loss is absolute. Default 1.</summary>
    public double LossFloor { get; init; } = 1;

    /// <summary>
    /// After how many steps a climb ends that is so far down that a loss of one is rounding, and rises too slowly. Default 10.
    /// </summary>
    public int Patience { get; init; } = 10;

    /// <summary>Whether the climb ends only where the information is positive definite as it is. Default true.</summary>
    public bool RequiresRegular { get; init; } = true;
}
