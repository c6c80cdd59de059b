using MarginalConditional.Glmm;
using MarginalConditional.Mixed.Crossed;

namespace MarginalConditional.Compare.Comparison;

/// <summary>What a comparison says of crossed effects that reach across its clusters.</summary>
internal static class CrossingNote
{
    /// <summary>Which standard errors there are where crossed effects reach across the clusters, and why.</summary>
    /// <param name="glmm">The conditional model.</param>
    public static string Of(GlmmFit glmm)
    {
        var (clusters, reaching) = (glmm.Frame.Clusters.Name, CrossedClusters.Reaching(glmm.Frame, glmm.Frame.RandomTerms));
        return $"Values of {reaching} lie in several values of {clusters}, which therefore depend on each other and cannot be left out one "
            + "at a time. Rungs 0 to 2 have the mixed model's own standard errors; those of rungs 3 and 4 and of GEE take the values of "
            + $"{clusters} as independent; differences between the two kinds have none. A --cluster whose values contain every group has "
            + "leave-one-out errors throughout.";
    }
}
