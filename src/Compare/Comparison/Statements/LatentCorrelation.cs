using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>The intraclass correlation on the latent scale, τ² / (τ² + residual), where a link has a latent residual: π²/3 for logit, 1 for probit, π²/6 for cloglog.</summary>
internal static class LatentCorrelation
{
    /// <summary>The correlation at the mean τ² of the rows; null for other links.</summary>
    public static double? Of(ComparedModels comparison)
    {
        var link = comparison.Glmm.Link;
        double? residual = link == Link.Logit ? Math.PI * Math.PI / 3
            : link == Link.Probit ? 1
            : link == Link.Cloglog ? Math.PI * Math.PI / 6
            : null;
        var variance = comparison.Spread * comparison.Spread;
        return residual is null || comparison.Gee.Options.Family != Family.Binomial ? null : variance / (variance + residual.Value);
    }
}
