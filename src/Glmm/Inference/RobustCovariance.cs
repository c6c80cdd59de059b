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

        RequireClusters(fit, "Robust standard errors need", "Leave out --se.");
        return Of(fit.JointCovariance, fit.ClusterScores, fit.ParameterCount);
    }

    /// <summary>The same from the inverse information, m×m, and the clusters' scores, K×m, row-major.</summary>
    internal static double[] Of(ReadOnlySpan<double> inverse, ReadOnlySpan<double> scores, int m)
    {
        var meat = new double[m * m];
        for (var start = 0; start < scores.Length; start += m)
        {
            Dense.RankOneUpdateLower(1, scores.Slice(start, m), meat);
        }

        Dense.MirrorLower(meat, m);
        var covariance = new double[m * m];
        Dense.Sandwich(inverse, meat, m, m, new double[m * m], covariance);
        return covariance;
    }

    /// <summary>Refuses a fit whose crossed random effects reach across the frame's clusters, which then are not independent.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="what">What needs independent clusters, the start of the sentence.</param>
    /// <param name="remedy">What to do, a sentence.</param>
    /// <exception cref="InputException">They do.</exception>
    public static void RequireClusters(GlmmFit fit, string what, string remedy)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.ClusterScores.IsEmpty)
        {
            throw new InputException($"{what} independent clusters, and values of "
                + CrossedClusters.Reaching(fit.Frame, fit.Model.Levels.SelectMany(level => level.Terms))
                + $" lie in several values of {fit.Frame.Clusters.Name}.")
            {
                Hint = remedy,
            };
        }
    }
}
