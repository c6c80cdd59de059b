namespace MarginalConditional.Properties.Trials;

/// <summary>A covariate that a model has beside the treatment.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="IsOfCluster">Whether all rows of a cluster have one value.</param>
public sealed record CovariateOfTrial(string Name, bool IsOfCluster);
