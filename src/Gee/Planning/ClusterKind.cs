namespace MarginalConditional.Gee.Planning;

/// <summary>Clusters of one size with their risks, in a planned trial whose sizes may go with risk and effect.</summary>
/// <param name="Size">The number of participants of a cluster, at least 1.</param>
/// <param name="Control">The probability of the outcome without treatment, in (0, 1).</param>
/// <param name="Treatment">The probability with treatment, in (0, 1).</param>
/// <param name="Share">The share of all clusters that are of this kind, above 0; shares are taken relative to their sum.</param>
public sealed record ClusterKind(double Size, double Control, double Treatment, double Share = 1);
