namespace MarginalConditional.Properties.Estimators;

/// <summary>Coefficients given the cluster, and those of the population that they imply. Immutable.</summary>
/// <param name="Conditional">Intercept and effect given the cluster, link scale.</param>
/// <param name="Marginal">Intercept and effect of the population, link scale.</param>
/// <param name="Deviation">σ of the clusters' intercepts, link scale.</param>
public sealed record MarginalizedFit(
    (double Intercept, double Effect) Conditional, (double Intercept, double Effect) Marginal, double Deviation);
