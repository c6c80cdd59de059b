using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;

namespace MarginalConditional.Compare.Comparison.Reasons;

/// <summary>
/// Few clusters: sandwich variances are too small and normal intervals too
/// short below about 40 clusters (Murray, Varnell and Blitstein 2004).
/// </summary>
internal static class FewClustersCheck
{
    public static ReasonCheck? Run(ComparedModels comparison)
    {
        var (clusters, options) = (comparison.Frame.Clusters, comparison.Options);
        if (FewClusters.Cure(clusters, options.Variance, options.DegreesOfFreedom, options.Tolerances.EnoughClusters) is not { } cure)
        {
            return null;
        }

        // Comparisons have fewer references than gee has: the corrected default, or for very unequal clusters gee itself.
        var plain = options.Variance == GeeVariance.Robust || options.DegreesOfFreedom == GeeDegreesOfFreedom.Normal;
        return new ReasonCheck(
            "few-clusters",
            ReasonOutcome.Remark,
            $"There are only {FewClusters.Count(clusters)}: robust standard errors, and those of the gap, are too small. "
                + (plain ? "Leave --se and --df at their defaults." : $"For the marginal coefficient use gee {cure}."));
    }
}
