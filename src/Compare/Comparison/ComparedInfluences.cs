using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Comparison;

/// <summary>The cluster influences of the estimates that a comparison sets side by side.</summary>
/// <param name="Conditional">Of the mixed model's ψ.</param>
/// <param name="Marginalized">Of β_M.</param>
/// <param name="Marginal">Of GEE's β.</param>
/// <param name="RandomCovariates">Whether β_M's includes the sampling of the covariates.</param>
internal sealed record ComparedInfluences(
    ClusterInfluence Conditional, ClusterInfluence Marginalized, ClusterInfluence Marginal, bool RandomCovariates)
{
    /// <summary>Collects them from two fits of one frame.</summary>
    public static ComparedInfluences Of(GeeInference gee, GlmmFit glmm, MarginalizedCoefficients marginalized, bool randomCovariates)
    {
        var conditional = ClusterInfluence.Of(glmm);
        var transformed = conditional.Transform(marginalized.Jacobian, marginalized.Estimates.Length);
        if (randomCovariates)
        {
            transformed = transformed.Plus(marginalized.CovariateInfluence(glmm.Frame.Clusters));
        }

        return new ComparedInfluences(conditional, transformed, ClusterInfluence.Of(gee), randomCovariates);
    }
}
