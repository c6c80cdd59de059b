using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest of a linear mixed model with a random intercept of clusters.</summary>
public sealed class LmmEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public IEstimand Target => StudyTarget.Conditional.ForArm(Arm);

    /// <summary>Standard error and degrees of freedom. Default: Kenward–Roger.</summary>
    public LmmReference Reference { get; init; } = LmmReference.KenwardRoger;

    /// <summary>Whether by restricted maximum likelihood. Default: yes.</summary>
    public bool Restricted { get; init; } = true;

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var options = new LmmOptions { Restricted = Restricted, Threads = 1 };
        var fit = replicate.Shared(
            (options, Adjust),
            () => LmmFitter.Fit(ClusterIntercept.Add(Adjust ? replicate.AdjustedFrame : replicate.Frame), options));
        return Read(fit, Reference, replicate.ColumnOf(Arm), fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    /// <summary>One coefficient of a fit with the error and degrees of freedom of a reference.</summary>
    internal static EffectEstimate Read(LmmFit fit, LmmReference reference, int column, bool converged, bool warned)
    {
        var inference = reference.Of(fit);
        var contrast = new double[fit.Coefficients.Length];
        contrast[column] = 1;
        return EffectEstimate.Of(
            fit.Coefficients[column],
            Math.Sqrt(inference.Covariance[(column * contrast.Length) + column]),
            inference.DegreesOfFreedom(contrast),
            converged,
            warned);
    }
}
