using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>One standardized number of an ordered outcome. Immutable.</summary>
/// <param name="Inference">Estimate and its standard error, test and interval from the clusters.</param>
/// <param name="ModelError">
/// The standard error by the delta method on the model's covariance, the rows held fixed; not a number whatever the model.
/// </param>
/// <param name="Influence">φ_c of the estimate, K×1.</param>
/// <param name="Errors">
/// How the clusters' standard error is found: plain influence where there is no estimate without some cluster, as when it alone has a
/// category.
/// </param>
public sealed record OrdinalQuantity(
    Coefficient Inference, double ModelError, ClusterInfluence Influence, StandardizedErrors Errors);
