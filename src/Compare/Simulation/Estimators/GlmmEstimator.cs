using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Glmm;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The coefficient of interest by a mixed model with a normal random intercept.</summary>
public sealed class GlmmEstimator : IEstimator
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public Estimand Estimand => Estimand.Conditional;

    /// <summary>Quadrature nodes; 0 means the fitter's default.</summary>
    public int Nodes { get; init; }

    /// <inheritdoc/>
    public EffectEstimate Estimate(Replicate replicate)
    {
        ArgumentNullException.ThrowIfNull(replicate);
        var target = replicate.Mechanism.Design.Target;
        var fit = Fit(replicate, Nodes);
        return EffectEstimate.Of(
            fit.Coefficients[target], fit.StandardErrors[target], null, fit.Convergence.Converged, fit.Warnings.Count > 0);
    }

    internal static GlmmFit Fit(Replicate replicate, int nodes)
    {
        var options = new GlmmOptions
        {
            Family = replicate.Mechanism.Family,
            Link = replicate.Mechanism.Link,
            Nodes = nodes,
            CheckNodes = false,
            Threads = 1,
        };
        return replicate.Shared(options, () => GlmmFitter.Fit(replicate.Frame, options));
    }
}
