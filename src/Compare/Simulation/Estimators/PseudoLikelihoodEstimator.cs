using MarginalConditional.Lmm.Pseudo;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of a generalized linear mixed model fitted by (restricted) pseudo-likelihood.</summary>
public sealed class PseudoLikelihoodEstimator : LinearMixedEstimator
{
    /// <inheritdoc/>
    public override EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new PseudoLikelihoodOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Restricted = Restricted,
            Threads = 1,
        };
        var fit = Fit(replicate, options, frame => PseudoLikelihoodFitter.Fit(frame, options));
        return fit.Separated is not null
            ? EffectEstimate.Failed
            : LinearEffect.Of(Reference.Of(fit.Linear), replicate.ColumnOf(Arm), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
