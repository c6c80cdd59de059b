using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// A variance or correlation on its boundary, or separation: the mixed model's estimates are then not what their standard errors say.
/// </summary>
internal static class BoundaryCheck
{
    public static ReasonCheck? Run(ComparedModels comparison)
    {
        const string Key = "boundary";
        if (comparison.Gee.Convergence.Status == ConvergenceStatus.Separation
            || comparison.Glmm.Convergence.Status == ConvergenceStatus.Separation)
        {
            return new ReasonCheck(
                "separation",
                ReasonOutcome.Remark,
                "The outcomes are separated: a coefficient grows without bound, and no comparison of its size means anything.");
        }

        if (comparison.Spread == 0)
        {
            return new ReasonCheck(
                Key, ReasonOutcome.Remark, "The random effects have variance 0 (on the boundary); it was held there, so the marginalized "
                    + "covariance is that of the coefficients alone.");
        }

        if (comparison.Glmm.Options.ZeroInflation && !comparison.Glmm.HasExcessZeros)
        {
            return new ReasonCheck(
                Key, ReasonOutcome.Remark, "The probability of excess zeros is estimated as 0 (on the boundary); it was held there.");
        }

        return comparison.Glmm.Convergence.Status == ConvergenceStatus.Boundary
            ? new ReasonCheck(Key, ReasonOutcome.Remark, "The covariance of the random effects is singular (on the boundary); the "
                + "parameters there were held fixed in the delta method.")
            : null;
    }
}
