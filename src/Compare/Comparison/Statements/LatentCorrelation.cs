using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Comparison.Statements;

/// <summary>The intraclass correlation on the latent scale, τ² / (τ² + residual), where a link has a latent residual.</summary>
internal static class LatentCorrelation
{
    /// <summary>The correlation at the mean τ² of the rows; null for other links.</summary>
    public static double? Of(ComparedModels comparison)
    {
        var variance = comparison.Spread * comparison.Spread;
        return comparison.Gee.Options.Family == Family.Binomial && comparison.Glmm.Link.LatentVariance is { } residual
            ? variance / (variance + residual)
            : null;
    }
}
