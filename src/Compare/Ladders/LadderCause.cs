namespace MarginalConditional.Compare.Ladders;

/// <summary>What makes a step of the ladder, in the words of the output.</summary>
public static class LadderCause
{
    /// <summary>0 → 1: averaging an effect over clusters that differ.</summary>
    public const string Clusters = "clusters differ";

    /// <summary>0 → 1 on a ratio that collapses: the effect differs with the cluster, and its logarithms are averaged.</summary>
    public const string ClustersAndEffects = "effect differs between clusters";

    /// <summary>1 → 2: averaging it over covariates that predict the outcome.</summary>
    public const string Covariates = "covariates differ";

    /// <summary>1 → 2 on a ratio that collapses: the mean of the logarithms is another average of effects that differ.</summary>
    public const string Patients = "effect differs between patients";

    /// <summary>2 → 3: what the model misses, an effect that depends on size included.</summary>
    public const string Model = "the model misses";

    /// <summary>3 → 4: size goes with the effect or the outcome.</summary>
    public const string Size = "size is informative";
}
