using MarginalConditional.Compare.Averaging;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Ladders.Building;

/// <summary>Differences of rungs that share their clusters, with standard errors from the joint influences.</summary>
internal static class LadderSteps
{
    /// <summary>The rung of the other weighting, which is the one above where all clusters are of one size.</summary>
    private const int LastRung = 4;

    /// <summary>A last step this small against the rung above it, with as small an error, is rounding: two ways to one number.</summary>
    private const double Rounding = 1e-12;

    /// <summary>The step between two rungs; without a standard error where only one of them has its error from the clusters.</summary>
    /// <param name="above">The rung it leaves.</param>
    /// <param name="below">The rung it reaches.</param>
    /// <param name="cause">What makes it.</param>
    /// <param name="zero">Whether it is zero whatever the data say.</param>
    /// <param name="degreesOfFreedom">Of test and interval; null means normal.</param>
    /// <param name="level">Of the interval.</param>
    /// <param name="spread">The variance of the random effects, by which the step from rung 0 has its limits; null for none.</param>
    public static LadderStep Between(
        LadderRung above,
        LadderRung below,
        string cause,
        bool zero,
        double? degreesOfFreedom,
        double level,
        SpreadEstimate? spread = null)
    {
        var size = below.Inference.Estimate - above.Inference.Estimate;
        var influence = above.HasNoClusters == below.HasNoClusters ? Less(below.Influence, above.Influence) : null;
        var error = influence?.StandardError(0) ?? double.NaN;
        if (below.Rung == LastRung && error <= Rounding * above.Inference.StandardError
            && Math.Abs(size) <= Rounding * Math.Max(1, Math.Abs(above.Inference.Estimate)))
        {
            (size, error) = (0, 0);
        }

        return new LadderStep
        {
            From = above.Rung,
            To = below.Rung,
            Weighting = above.Weighting,
            Scale = above.Scale,
            Question = above.Question,
            Cause = cause,
            Inference = above.Rung == 0 && !zero && spread is not null && influence is not null && (error > 0 || spread.Variance == 0)
                ? SpreadInterval.Of(cause, (size, influence), spread, degreesOfFreedom, level)
                : Coefficient.Wald(cause, size, error, degreesOfFreedom, level),
            IsZeroByIdentity = zero,
        };
    }

    /// <summary>The influence on one estimate less that on another.</summary>
    public static ClusterInfluence Less(ClusterInfluence from, ClusterInfluence other)
    {
        var difference = from.Values.ToArray();
        Dense.AddScaled(-1, other.Values, difference);
        return new ClusterInfluence(difference.Length, difference);
    }
}
