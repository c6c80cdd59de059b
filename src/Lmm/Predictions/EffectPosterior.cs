using MarginalConditional.Data.Frames;

namespace MarginalConditional.Lmm.Predictions;

/// <summary>What is known of the random effects of a row that belongs to groups that were fitted.</summary>
/// <remarks>
/// With b̂(β) the best linear unbiased prediction given β, the error of zb̂(β̂) + xβ̂ has the variance zᵀVar(b | y, β)z + (x +
/// ∂zb̂/∂β)ᵀVar(β̂)(x + ∂zb̂/∂β), Henderson's (1975) mean squared error, with the variances of the effects taken as known.
/// </remarks>
internal abstract class EffectPosterior
{
    /// <summary>Opens that of a fit.</summary>
    public static EffectPosterior Of(LmmFit fit)
    {
        var likelihood = fit.Open();
        return likelihood.Crossed is null ? new NestedPosterior(fit, likelihood) : new CrossedPosterior(fit, likelihood);
    }

    /// <summary>zᵀVar(b | y, β)z over the groups that were fitted, and ∂zb̂/∂β, p values.</summary>
    /// <param name="row">The row.</param>
    public abstract (double Variance, double[] Slope) Of(NewRow row);

    /// <summary>∂zb̂/∂β alone, p values.</summary>
    /// <param name="row">The row.</param>
    public virtual double[] Slope(NewRow row) => Of(row).Slope;
}
