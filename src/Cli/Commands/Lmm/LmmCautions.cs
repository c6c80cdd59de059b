using MarginalConditional.Gee.Inference;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;

namespace MarginalConditional.Cli.Commands.Lmm;

/// <summary>What to beware of in the tests that were asked for, beside what concerns the fit.</summary>
internal static class LmmCautions
{
    /// <summary>The sentences.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="reference">Standard errors and degrees of freedom.</param>
    /// <param name="hypothesis">What the tests of terms compare.</param>
    public static IEnumerable<string> Of(LmmFit fit, LmmReference reference, TermHypothesis hypothesis)
    {
        var clusters = fit.Frame.Clusters;
        if (reference == LmmReference.Robust && clusters.EffectiveCount < FewClusters.Enough)
        {
            yield return $"There are {FewClusters.Count(clusters)}: with fewer than {FewClusters.Enough} robust standard errors are too "
                + "small; use --se bias-reduced, which has degrees of freedom of its own.";
        }

        // A cell is a product of factors; what repeats other columns otherwise leaves the hypotheses what they are.
        if (hypothesis == TermHypothesis.Balanced
            && fit.Frame.Design.Aliased.Any(column => column.Name.Contains(':', StringComparison.Ordinal)))
        {
            yield return "Some cells are empty, so tests of type III compare what the other cells leave to compare, and depend on which are "
                + "empty; use --type 2, which adjusts a term only for those that do not contain it.";
        }
    }
}
