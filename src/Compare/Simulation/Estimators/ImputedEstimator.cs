using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Imputation;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// Another method applied to trials completed by multiple imputation, pooled by Rubin's rules with the degrees of freedom of Barnard and
/// Rubin (1999). Where nothing is missing it is the other method.
/// </summary>
/// <remarks>
/// Outcomes after dropout are imputed wave by wave, from the regression on treatment, covariates and all outcomes before: what is missing
/// at random is then ignorable. Outcomes are continuous or binary; random numbers come from the method's own stream.
/// </remarks>
public sealed class ImputedEstimator : IEstimator
{
    /// <summary>Wraps a method.</summary>
    /// <param name="method">What is applied to each completed trial.</param>
    /// <param name="imputations">How many of them, 2 or more.</param>
    public ImputedEstimator(IEstimator method, int imputations)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentOutOfRangeException.ThrowIfLessThan(imputations, 2);
        Method = method;
        Imputations = imputations;
    }

    /// <summary>What is applied to each completed trial.</summary>
    public IEstimator Method { get; }

    /// <summary>The number of completed trials.</summary>
    public int Imputations { get; }

    /// <inheritdoc/>
    public string Name => Method.Name;

    /// <inheritdoc/>
    public IEstimand Target => Method.Target;

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        if (WaveImputer.Of(replicate) is not { } imputer)
        {
            return Method.Estimate(replicate);
        }

        var (estimates, variances) = (new double[Imputations], new double[Imputations]);
        var (degrees, warned) = (0.0, false);
        for (var l = 0; l < Imputations; l++)
        {
            var estimate = Method.Estimate(imputer.Complete(replicate.Stream));
            if (!estimate.IsUsable)
            {
                return EffectEstimate.Failed;
            }

            estimates[l] = estimate.Value;
            variances[l] = estimate.StandardError * estimate.StandardError;
            degrees += estimate.DegreesOfFreedom / Imputations;
            warned |= estimate.Outcome == EstimateOutcome.Warned;
        }

        var pooled = PooledEstimate.Of(estimates, variances, double.IsFinite(degrees) ? degrees : null);
        return EffectEstimate.Of(pooled.Estimate, pooled.StandardError, pooled.DegreesOfFreedom, converged: true, warned);
    }
}
