using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Pseudo;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// The coefficient of interest of a generalized linear mixed model by pseudo-likelihood, with a random intercept of clusters: SAS's RSPL.
/// </summary>
public sealed class PseudoLikelihoodEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    /// <summary>Standard error and degrees of freedom. Default: Kenward–Roger.</summary>
    public LmmReference Reference { get; init; } = LmmReference.KenwardRoger;

    /// <summary>Whether the linear models are fitted by restricted maximum likelihood. Default: yes.</summary>
    public bool Restricted { get; init; } = true;

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
        var fit = replicate.Shared(
            (options, Adjust),
            () => PseudoLikelihoodFitter.Fit(ClusterIntercept.Add(Adjust ? replicate.AdjustedFrame : replicate.Frame), options));
        return LmmEstimator.Read(
            fit.Linear, Reference, replicate.ColumnOf(Arm), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }
}
