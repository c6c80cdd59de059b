namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>The marginal mean of a mixed model is in general not straight on the link scale; GEE and the projection then draw different lines through it.</summary>
internal static class CurvatureCheck
{
    /// <summary>A residual, link scale, below which the curve counts as straight.</summary>
    private const double Negligible = 0.02;

    public static ReasonCheck Run(ModelComparison comparison)
    {
        const string Key = "curvature";
        var residual = comparison.Marginalized.LargestResidual;
        if (Math.Abs(residual) >= Negligible && ImpliedGee.Coefficients(comparison) is { } implied)
        {
            var effect = comparison.Effects[0];
            var bend = effect.Rows[1].Inference.Estimate - implied[effect.Effect.Column];
            return new ReasonCheck(
                Key,
                ReasonOutcome.Remark,
                $"The marginal means bend away from a straight line on the {comparison.Glmm.Link} scale by up to {Wording.Number(Math.Abs(residual), 2)}. If the mixed model were true, GEE and the projection would draw lines that differ by {Wording.Signed(bend, 3)} in this effect; the rest is {Wording.Signed(effect.Gap.Rest.Estimate, 3)}.");
        }

        return Math.Abs(residual) < Negligible
            ? new ReasonCheck(Key, ReasonOutcome.NoSign, "The marginal means lie on a straight line on the link scale, so the marginalized coefficients say all there is.")
            : new ReasonCheck(
                Key,
                ReasonOutcome.Remark,
                $"The marginal means bend away from a straight line on the {comparison.Glmm.Link} scale by up to {Wording.Number(Math.Abs(residual), 2)}: part of the rest may be two lines drawn through one curve.");
    }
}
