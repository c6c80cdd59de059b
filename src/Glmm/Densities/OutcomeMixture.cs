namespace MarginalConditional.Glmm.Densities;

/// <summary>What lies between the mean of a row and its outcome beside the family's own distribution.</summary>
internal enum OutcomeMixture
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A probability drawn from a beta distribution for every row: the beta-binomial.</summary>
    Beta,

    /// <summary>Zeros beside those of the family.</summary>
    Zeros,
}
