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
    /// <param name="gee">The marginal model.</param>
    /// <param name="glmm">The mixed model.</param>
    /// <param name="deletions">What leaving each cluster out does to ψ̂; null for plain influences.</param>
    /// <param name="marginalized">The marginal coefficients it implies.</param>
    /// <param name="randomCovariates">Whether the covariates count as a sample.</param>
    public static ComparedInfluences Of(
        GeeInference gee, GlmmFit glmm, double[]? deletions, MarginalizedCoefficients marginalized, bool randomCovariates)
    {
        if (glmm.ClusterScores.IsEmpty)
        {
            // The clusters depend on each other, so that nothing of the mixed model is compared with GEE cluster by cluster.
            var own = ModelInfluence.Of(glmm.JointCovariance, glmm.ParameterCount, glmm.Frame.Clusters.Count);
            var unknown = new double[own.Clusters * gee.Fit.Coefficients.Length];
            Array.Fill(unknown, double.NaN);
            return new ComparedInfluences(
                own,
                own.Transform(marginalized.Jacobian, marginalized.Estimates.Length),
                new ClusterInfluence(own.Clusters, unknown),
                RandomCovariates: false);
        }

        var conditional = deletions is null
            ? ClusterInfluence.Of(glmm)
            : new ClusterInfluence(glmm.Frame.Clusters.Count, deletions);
        var transformed = conditional.Transform(marginalized.Jacobian, marginalized.Estimates.Length);
        if (randomCovariates)
        {
            transformed = transformed.Plus(marginalized.CovariateInfluence(glmm.Frame.Clusters));
        }

        return new ComparedInfluences(conditional, transformed, ClusterInfluence.Of(gee), randomCovariates);
    }
}
