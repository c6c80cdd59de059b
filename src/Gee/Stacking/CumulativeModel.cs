using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Stacking;

/// <summary>What makes rows of indicators out of ordered outcomes: the distribution function F and the number of thresholds.</summary>
/// <param name="Link">F of P(Y ≤ k) = F(θ_k − η).</param>
/// <param name="Thresholds">J, the number of categories less one: so many indicators z_k = 1(Y ≤ k) stand for one outcome.</param>
internal sealed record CumulativeModel(CumulativeLink Link, int Thresholds);
