using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Comparison;

/// <summary>One line of a comparison.</summary>
/// <param name="Estimand">What is estimated.</param>
/// <param name="Method">By what: <c>GLMM, 25 nodes</c>.</param>
/// <param name="Scale">Of the estimate: <c>log odds ratio</c>, <c>risk difference</c>.</param>
/// <param name="Weighting">Whom it averages over: participants or clusters, or as the working correlation weighs them.</param>
/// <param name="StandardErrorType">Where the standard error comes from.</param>
/// <param name="Inference">Estimate, standard error, test and interval.</param>
/// <param name="Influence">φ_c of the estimate, K×1.</param>
public sealed record EstimandRow(
    Estimand Estimand,
    string Method,
    string Scale,
    string Weighting,
    string StandardErrorType,
    Coefficient Inference,
    ClusterInfluence Influence);
