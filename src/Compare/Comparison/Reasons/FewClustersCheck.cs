using MarginalConditional.Gee.Covariance;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// Few clusters: sandwich variances are too small and normal intervals too
/// short below about 40 clusters (Murray, Varnell and Blitstein 2004).
/// </summary>
internal static class FewClustersCheck
{
    public static ReasonCheck? Run(ComparedModels comparison)
    {
        var clusters = comparison.Frame.Clusters.Count;
        if (clusters >= comparison.Options.Tolerances.EnoughClusters)
        {
            return null;
        }

        var advice = comparison.Options.Variance == GeeVariance.Robust
            ? " A small-sample correction and t intervals are advised."
            : string.Empty;
        return new ReasonCheck(
            "few-clusters",
            ReasonOutcome.Remark,
            $"There are only {clusters} clusters: robust standard errors, and those of the gap, are too small.{advice}");
    }
}
