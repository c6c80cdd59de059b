using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Mixed;

namespace MarginalConditional.Glmm.Predictions;

/// <summary>
/// Posterior means and standard deviations of the random effects given the data and the estimates, by the quadrature of the fit.
/// </summary>
/// <remarks>
/// For skewed posteriors (all events or none in a cluster) the mean differs from the mode; the mean minimizes the squared error. A Laplace
/// fit has one node, which has no spread: its moments take the default number. With more than two nested groupings the posterior is normal
/// by the
/// approximation that the likelihood makes, so the means are the modes.
/// </remarks>
public static class PosteriorMoments
{
    /// <summary>
    /// One estimate a term, with means in the place of modes and posterior standard deviations in the place of conditional standard errors.
    /// </summary>
    /// <param name="fit">A fit.</param>
    public static IReadOnlyList<RandomEffectEstimate> Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var nodes = fit.Nodes == 1 ? fit.Model.DefaultNodes : fit.Nodes;
        var levels = fit.Model.Levels;
        var parameters = fit.Solution.Parameters;
        IReadOnlyList<PosteriorModes>? moments = fit.Model.OpenUnpenalized(nodes, fit.Solution) switch
        {
            OneLevelLikelihood likelihood => [likelihood.Moments(parameters)],
            NestedLikelihood likelihood => likelihood.Moments(parameters),
            _ => null,
        };
        return moments is null ? fit.RandomEffects : [.. Enumerable.Range(0, levels.Count).SelectMany(l => Terms(fit, l, moments[l]))];
    }

    // The terms of a level from effects in scaled units.
    private static IEnumerable<RandomEffectEstimate> Terms(GlmmFit fit, int level, PosteriorModes moments)
    {
        var q = fit.Model.Levels[level].Factor.Dimension;
        var scales = fit.Model.Levels[level].Scales;
        var first = 0;
        var index = fit.Model.Levels.Take(level).Sum(coarser => coarser.Terms.Count);
        foreach (var term in fit.Model.Levels[level].Terms)
        {
            var estimate = fit.RandomEffects[index++];
            var (own, spread) = (new double[term.GroupCount * term.Dimension], new double[term.GroupCount * term.Dimension]);
            for (var k = 0; k < own.Length; k++)
            {
                var column = first + (k % term.Dimension);
                var source = (k / term.Dimension * q) + column;
                own[k] = moments.Modes[source] * (1 / scales[column]);
                spread[k] = moments.StandardErrors[source] * (1 / scales[column]);
            }

            first += term.Dimension;
            yield return new RandomEffectEstimate(
                estimate.Group,
                estimate.Names,
                estimate.Covariance.ToArray(),
                own,
                spread,
                estimate.Label);
        }
    }
}
