using MarginalConditional.Cli.Output;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.TwoWay;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>What to beware of in the tests that were asked for, beside what concerns the fit.</summary>
internal static class LmmCautions
{
    /// <summary>The sentences.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="inference">Standard errors and degrees of freedom.</param>
    /// <param name="reference">Which they are.</param>
    /// <param name="extras">What was asked for beside the fit.</param>
    public static IEnumerable<string> Of(LmmFit fit, LmmInference inference, LmmReference reference, LmmExtras extras)
    {
        foreach (var caution in ProfileCautions.Of(extras.Profiles, fit.Convergence))
        {
            yield return caution;
        }

        if (extras.AsksLikelihoodRatios
            && (!fit.Convergence.Converged || extras.LikelihoodRatios.Any(test => double.IsNaN(test.Statistic))))
        {
            yield return "A likelihood-ratio test compares two maxima: there is none where one of the two models has no maximum that the "
                + "search could find. Ask for a simpler random part or --residual.";
        }

        if (inference is TwoWayInference { Ways: var ways })
        {
            foreach (var caution in FewClusters.OfTwoWays(ways, isNormal: true, hasDegrees: false))
            {
                yield return caution;
            }
        }

        var clusters = fit.Frame.Clusters;
        var isPlain = reference.Name == SandwichCorrection.None.Name;
        if (!reference.IsModelBased && inference is not TwoWayInference && clusters.EffectiveCount < FewClusters.Enough
            && (isPlain || inference.Table()[0].DegreesOfFreedom is null))
        {
            yield return $"There are {FewClusters.Count(clusters)}: with fewer than {FewClusters.Enough} "
                + $"{(isPlain ? "robust standard errors are too small" : "normal intervals are too short")}; use --se bias-reduced --df "
                + "satterthwaite.";
        }

        // A cell is a product of factors; what repeats other columns otherwise leaves the hypotheses what they are.
        if (extras.Hypothesis == TermHypothesis.Balanced
            && fit.Frame.Design.Aliased.Any(column => column.Name.Contains(':', StringComparison.Ordinal)))
        {
            yield return "Some cells are empty, so tests of type III compare what the other cells leave to compare, and depend on which "
                + "are empty; use --type 2, which adjusts a term only for those that do not contain it.";
        }
    }
}
