using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Pseudo;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of a generalized linear mixed model fitted by (restricted) pseudo-likelihood.</summary>
public sealed class PseudoLikelihoodEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    /// <summary>Whether each linearization is fitted by restricted likelihood. Default: yes.</summary>
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
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new PseudoLikelihoodOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Restricted = Restricted,
            Threads = 1,
        };
        var slope = RandomEffects == RandomPart.Treatment ? Arm : 0;
        var fit = replicate.Shared(
            (options, RandomEffects, slope, Adjust),
            () => PseudoLikelihoodFitter.Fit(replicate.WithRandomEffects(RandomEffects, Arm, Adjust), options));
        return LinearEffect.Of(Reference.Of(fit.Linear), replicate.ColumnOf(Arm), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
