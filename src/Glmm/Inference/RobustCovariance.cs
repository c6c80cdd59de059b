using MarginalConditional.Data;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Inference;

/// <summary>The sandwich covariance of a mixed model's estimates, valid when the distribution of the random effects is wrong.</summary>
/// <remarks>J⁻¹(Σ s_i s_iᵀ)J⁻¹ with J the observed information and s_i the clusters' scores (White 1982).</remarks>
public static class RobustCovariance
{
    /// <summary>The sandwich covariance of ψ = (β, θ, log φ), m×m, row-major.</summary>
    /// <exception cref="ArgumentException">The fit was made without a covariance.</exception>
    /// <exception cref="InputException">Crossed random effects reach across the clusters.</exception>
    public static double[] Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.JointCovariance.IsEmpty)
        {
            throw new ArgumentException("The fit was made without a covariance.", nameof(fit));
        }

        if (fit.ClusterScores.IsEmpty)
        {
            throw new InputException($"Robust standard errors need independent clusters, and values of "
                + $"{CrossedMemory.Names(fit.Frame.RandomTerms)} reach into several values of {fit.Frame.Clusters.Name}.")
            {
                Hint = "Name by --cluster a column whose values contain all rows of every group, or leave out --se.",
            };
        }

        var m = fit.ParameterCount;
        var meat = new double[m * m];
        for (var start = 0; start < fit.ClusterScores.Length; start += m)
        {
            Dense.RankOneUpdateLower(1, fit.ClusterScores.Slice(start, m), meat);
        }

        Dense.MirrorLower(meat, m);
        var covariance = new double[m * m];
        Dense.Sandwich(fit.JointCovariance, meat, m, m, new double[m * m], covariance);
        return covariance;
    }
}
