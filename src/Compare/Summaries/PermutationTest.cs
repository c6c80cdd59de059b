using MarginalConditional.Compare.Estimands;

namespace MarginalConditional.Compare.Summaries;

/// <summary>
/// The test that the treatment changes no cluster's mean, by assigning the clusters anew as they were randomized.
/// </summary>
/// <param name="Weighting">Whom the difference averages over.</param>
/// <param name="Treated">The arm that is compared.</param>
/// <param name="Control">The reference.</param>
/// <param name="Statistic">The difference of the clusters' means over its HC2 standard error, centred by stratum.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Replicates">How many assignments were tried.</param>
/// <param name="IsExact">Whether these were all there are.</param>
public sealed record PermutationTest(
    ClusterWeighting Weighting, string Treated, string Control, double Statistic, double PValue, int Replicates, bool IsExact);
