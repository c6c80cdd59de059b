using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of a linear mixed model. Methods that differ in inference alone share a fit.</summary>
public sealed class LmmEstimator : LinearMixedEstimator
{
    /// <summary>The covariance of residuals over the waves of a cluster. Default: identity.</summary>
    public ResidualStructure Residual { get; init; } = ResidualStructure.Identity;

    /// <inheritdoc/>
    public override EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new LmmOptions { Restricted = Restricted, Residual = Residual, Threads = 1 };
        var fit = Fit(replicate, options, frame => LmmFitter.Fit(frame, options));
        return LinearEffect.Of(Reference.Of(fit), replicate.ColumnOf(Arm), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
