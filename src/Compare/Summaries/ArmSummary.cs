using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Summaries;

/// <summary>What the clusters of one arm have in common.</summary>
/// <param name="Level">The arm.</param>
/// <param name="Weighting">Whom the mean averages over.</param>
/// <param name="Clusters">How many clusters.</param>
/// <param name="Mean">The (weighted) mean of the clusters' means.</param>
/// <param name="StandardError">Of that mean, from this arm's clusters alone: HC2.</param>
/// <param name="Spread">The standard deviation of the clusters' means, every cluster alike.</param>
public sealed record ArmSummary(
    string Level, ClusterWeighting Weighting, int Clusters, double Mean, double StandardError, double Spread);
