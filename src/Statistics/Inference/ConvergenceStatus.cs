namespace MarginalConditional.Statistics.Inference;

/// <summary>How an iteration ended.</summary>
public enum ConvergenceStatus
{
    /// <summary>The criterion was met.</summary>
    Converged,

    /// <summary>The criterion was met with a variance or correlation on the boundary of its domain.</summary>
    Boundary,

    /// <summary>The cap on iterations was reached first.</summary>
    IterationLimit,

    /// <summary>No step improved the criterion further, and it is not met.</summary>
    StepFailure,

    /// <summary>The data are separated: a coefficient grows without bound.</summary>
    Separation,

    /// <summary>The working correlation is not positive definite.</summary>
    NotPositiveDefinite,

    /// <summary>A value overflowed or is not a number.</summary>
    NotFinite,
}
