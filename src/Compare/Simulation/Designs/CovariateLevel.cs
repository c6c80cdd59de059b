namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>What a covariate belongs to.</summary>
public enum CovariateLevel
{
    /// <summary>Every person has a value of their own, the same in all periods.</summary>
    Person,

    /// <summary>A cluster has one value.</summary>
    Cluster,
}
