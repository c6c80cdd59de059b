using MarginalConditional.Compare.Estimands;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ladders;

/// <summary>The difference between two rungs that follow each other, and what makes it.</summary>
public sealed record LadderStep
{
    /// <summary>The rung above.</summary>
    public required int From { get; init; }

    /// <summary>The rung below; its estimate less that of <see cref="From"/> is the step.</summary>
    public required int To { get; init; }

    /// <summary>Whom the rungs average over (<see cref="From"/>'s weighting where the step changes it).</summary>
    public required ClusterWeighting Weighting { get; init; }

    /// <summary>The scale of the rungs.</summary>
    public required string Scale { get; init; }

    /// <summary>Which arms, where and for whom.</summary>
    public required LadderQuestion Question { get; init; }

    /// <summary>What makes the step, such as <c>clusters differ</c>.</summary>
    public required string Cause { get; init; }

    /// <summary>
    /// Size, standard error from the joint influences, test and interval: symmetric but for the step from rung 0, whose limits and test
    /// rest on the law of the variance between clusters, and are not numbers where that is estimated as 0.
    /// </summary>
    public required Coefficient Inference { get; init; }

    /// <summary>Whether the step is zero whatever the data say, because the measure collapses.</summary>
    public required bool IsZeroByIdentity { get; init; }
}
