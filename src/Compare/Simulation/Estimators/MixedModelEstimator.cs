using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;

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

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var fit = Fit(replicate, Nodes);
        if (fit.HasInfiniteEstimates)
        {
            return EffectEstimate.Failed;
        }

        var (estimate, standardError) = Effect(replicate, fit);
        return EffectEstimate.Of(estimate, standardError, null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    internal static GlmmFit Fit(Replicate replicate, int nodes)
    {
        var options = new GlmmOptions
        {
            Family = replicate.Model.Family,
            Link = replicate.Model.Link,
            Nodes = nodes,
            CheckNodes = false,
            Threads = 1,
        };
        return replicate.Shared(options, () => GlmmFitter.Fit(replicate.Frame, options));
    }

    private protected abstract (double Estimate, double StandardError) Effect(Replicate replicate, GlmmFit fit);
}
