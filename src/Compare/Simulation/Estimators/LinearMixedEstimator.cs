using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The coefficient of interest of a model that linear mixed models fit: at once, or as linearizations of another one after another.
/// </summary>
public abstract class LinearMixedEstimator : IEstimator
{
    private protected LinearMixedEstimator()
    {
    }

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    /// <summary>Whether restricted likelihood is maximized. Default: yes.</summary>
    public bool Restricted { get; init; } = true;

    /// <summary>The random effects. Default: an intercept for each cluster.</summary>
    public RandomPart RandomEffects { get; init; } = RandomPart.Intercept;

    /// <summary>What tests and intervals refer to. Default: normal.</summary>
    public LmmReference Reference { get; init; } = LmmReference.Normal;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public abstract EffectEstimate Estimate(Replicate replicate);

    /// <summary>The fit of a replicate, which methods share that differ in inference alone.</summary>
    /// <param name="replicate">The replicate.</param>
    /// <param name="options">What tells fits apart beside the random effects and covariates.</param>
    /// <param name="fit">Fits the data with their random effects.</param>
    private protected TFit Fit<TFit>(Replicate replicate, object options, Func<ModelFrame, TFit> fit)
        where TFit : class
    {
        var slope = RandomEffects == RandomPart.Treatment ? Arm : 0;
        return replicate.Shared(
            (options, RandomEffects, slope, Adjust), () => fit(replicate.WithRandomEffects(RandomEffects, Arm, Adjust)));
    }
}
