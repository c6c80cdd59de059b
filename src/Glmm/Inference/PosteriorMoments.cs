using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.RandomEffects;

namespace MarginalConditional.Glmm.Inference;

/// <summary>Posterior means and standard deviations of the random effects given the data and the estimates, by the quadrature of the fit.</summary>
/// <remarks>For skewed posteriors (all events or none in a cluster) the mean differs from the mode; the mean minimizes the squared error.</remarks>
public static class PosteriorMoments
{
    /// <summary>One estimate a term, with means in the place of modes and posterior standard deviations in the place of conditional standard errors.</summary>
    /// <param name="fit">A fit with one grouping.</param>
    /// <exception cref="ArgumentException">The model has nested groupings.</exception>
    public static IReadOnlyList<RandomEffectEstimate> Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Model.Levels.Count != 1)
        {
            throw new ArgumentException("Posterior means are available for models with one grouping.", nameof(fit));
        }

        var level = fit.Model.Levels[0];
        var moments = ((OneLevelLikelihood)fit.Model.Unpenalized(fit.Nodes)).Moments(fit.Maximum.Maximizer.Parameters);
        var estimates = new List<RandomEffectEstimate>();
        var first = 0;
        foreach (var term in fit.RandomEffects)
        {
            estimates.Add(GlmmFitAssembler.Estimate(level, estimates.Count, first, moments, term.Covariance.ToArray()));
            first += term.Dimension;
        }

        return estimates;
    }
}
