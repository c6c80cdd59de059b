namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// The marginal mean of a mixed model is in general not straight on the
/// link scale; GEE and the projection then draw different lines through it.
/// </summary>
internal static class CurvatureCheck
{
    public static ReasonCheck Run(ComparedModels comparison)
    {
        const string Key = "curvature";
        var residual = comparison.Marginalized.LargestResidual;
        var straight = Math.Abs(residual) < comparison.Options.Tolerances.Straight;
        if (!straight && ImpliedGee.Coefficients(comparison) is { } implied)
        {
            var effect = comparison.Effects[0];
            var bend = effect.Marginalized.Inference.Estimate - implied[effect.Effect.Column];
            return new ReasonCheck(
                Key,
                ReasonOutcome.Remark,
                $"The marginal means bend away from a straight line on the {comparison.Glmm.Link} scale by up to "
                    + $"{Wording.Number(Math.Abs(residual), 2)}. If the mixed model were true, GEE and the projection would draw lines "
                    + $"that differ by {Wording.Signed(bend, 3)} in this effect; the rest is "
                    + $"{Wording.Signed(effect.Gap.Rest.Estimate, 3)}.");
        }

        return straight
            ? new ReasonCheck(
                Key,
                ReasonOutcome.NoSign,
                "The marginal means lie on a straight line on the link scale, so the marginalized coefficients say all there is.")
            : new ReasonCheck(
                Key,
                ReasonOutcome.Remark,
                $"The marginal means bend away from a straight line on the {comparison.Glmm.Link} scale by up to "
                    + $"{Wording.Number(Math.Abs(residual), 2)}: part of the rest may be two lines drawn through one curve.");
    }
}
