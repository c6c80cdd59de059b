using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of a linear mixed model. Methods that differ in inference alone share a fit.</summary>
public sealed class LmmEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    /// <summary>Whether the restricted likelihood is maximized. Default: yes.</summary>
    public bool Restricted { get; init; } = true;

    /// <summary>The random effects. Default: an intercept for each cluster.</summary>
    public RandomPart RandomEffects { get; init; } = RandomPart.Intercept;

    /// <summary>The covariance of residuals over the waves of a cluster. Default: identity.</summary>
    public ResidualStructure Residual { get; init; } = ResidualStructure.Identity;

    /// <summary>What tests and intervals refer to. Default: normal.</summary>
    public LmmReference Reference { get; init; } = LmmReference.Normal;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new LmmOptions { Restricted = Restricted, Residual = Residual, Threads = 1 };
        var slope = RandomEffects == RandomPart.Treatment ? Arm : 0;
        var fit = replicate.Shared(
            (options, RandomEffects, slope, Adjust),
            () => LmmFitter.Fit(replicate.WithRandomEffects(RandomEffects, Arm, Adjust), options));
        return LinearEffect.Of(Reference.Of(fit), replicate.ColumnOf(Arm), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
