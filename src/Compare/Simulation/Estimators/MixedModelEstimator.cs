using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>
/// A method that reads its estimate off a mixed model with a normal random
/// intercept. Methods with the same nodes share one fit a replicate.
/// </summary>
public abstract class MixedModelEstimator : IEstimator
{
    private protected MixedModelEstimator()
    {
    }

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public abstract IEstimand Target { get; }

    /// <summary>Quadrature nodes of the fit; 0 means the fitter's default.</summary>
    public int Nodes { get; init; }

    /// <summary>The arm that is compared with the first, counted from 1. Default 2.</summary>
    public int Arm { get; init; } = 2;

    /// <summary>Whether the covariates are in the model. Default: no.</summary>
    public bool Adjust { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        if (replicate.Model.Cumulative is { } link)
        {
            return Ordinal(replicate, link);
        }

        var fit = Fit(replicate, Nodes, Adjust);
        if (fit.HasInfiniteEstimates)
        {
            return EffectEstimate.Failed;
        }

        var (estimate, standardError) = Effect(replicate, fit);
        return EffectEstimate.Of(estimate, standardError, null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    internal static GlmmFit Fit(Replicate replicate, int nodes, bool adjust)
    {
        var options = new GlmmOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Nodes = nodes,
            CheckNodes = false,
            Threads = 1,
        };
        object key = adjust ? (options, adjust) : options;
        return replicate.Known<GlmmFit>(key)
            ?? replicate.Keep(key, GlmmFitter.Fit(adjust ? replicate.AdjustedFrame : replicate.Frame, options));
    }

    /// <summary>The estimate of an ordered outcome.</summary>
    private protected virtual EffectEstimate Ordinal(Replicate replicate, CumulativeLink link) =>
        throw new InvalidOperationException($"{GetType().Name} has no meaning for an ordered outcome.");

    private protected abstract (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit);
}
